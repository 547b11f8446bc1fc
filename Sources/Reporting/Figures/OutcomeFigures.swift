public import Jobs
public import RunRecords
public import Statistics

/// How many jobs ended in each outcome.
public struct OutcomeFigures: Sendable {
  /// Jobs in all.
  public let count: Int
  /// Jobs by outcome, in the order of `JobOutcome.allCases`, those of 0 included.
  public let counts: [(outcome: JobOutcome, count: Int)]

  init(_ records: some Sequence<JobRecord>) {
    var tally: [JobOutcome: Int] = [:]
    for record in records { tally[record.outcome, default: 0] += 1 }
    self.init(tally)
  }

  init(_ tally: [JobOutcome: Int]) {
    counts = JobOutcome.allCases.map { ($0, tally[$0] ?? 0) }
    count = counts.reduce(0) { $0 + $1.count }
  }

  /// The number of jobs with an outcome.
  public subscript(outcome: JobOutcome) -> Int { counts.first { $0.outcome == outcome }?.count ?? 0 }

  /// The share of jobs with an outcome, with its interval.
  public func share(_ outcome: JobOutcome) -> WilsonInterval { WilsonInterval(successes: self[outcome], count: count) }
}

/// How the jobs of one entry of the mix ended.
public struct EntryFigures: Sendable {
  /// The entry's name.
  public let entry: String
  /// Its language.
  public let language: Language
  /// The outcomes.
  public let outcomes: OutcomeFigures
  /// Jobs by the platform's own word for what went wrong, the expected ones included, most frequent first.
  public let errorTypes: [(type: ErrorType, count: Int)]
  /// Sum of all e2e in nanoseconds, for the time of a test case.
  public let totalTime: Int64

  fileprivate init(_ entry: String, _ tally: EntryTally) {
    self.entry = entry
    language = tally.language
    outcomes = OutcomeFigures(tally.outcomes)
    errorTypes = tally.errorTypes.map { ($0.key, $0.value) }
      .sorted { ($1.1, $0.0.rawValue) < ($0.1, $1.0.rawValue) }
    totalTime = tally.totalTime
  }
}

/// Collects what `EntryFigures` tell, one job after the other.
struct EntryTallies {
  private let clock: RunClock
  private var order: [String] = []
  private var tallies: [String: EntryTally] = [:]

  init(clock: RunClock) { self.clock = clock }

  mutating func add(_ job: JobRecord) {
    if tallies[job.entry] == nil {
      order.append(job.entry)
      tallies[job.entry] = EntryTally(language: job.language)
    }
    tallies[job.entry]?.add(job, on: clock)
  }

  /// The entries in the order of their first job.
  var figures: [EntryFigures] { order.compactMap { name in tallies[name].map { EntryFigures(name, $0) } } }
}

/// Counts the jobs of one entry.
private struct EntryTally {
  let language: Language
  var outcomes: [JobOutcome: Int] = [:]
  var errorTypes: [ErrorType: Int] = [:]
  var totalTime: Int64 = 0

  init(language: Language) { self.language = language }

  mutating func add(_ record: JobRecord, on clock: RunClock) {
    outcomes[record.outcome, default: 0] += 1
    if let type = record.errorType { errorTypes[type, default: 0] += 1 }
    guard let value = record.value(of: .e2e, on: clock)?.nanoseconds else { return }
    let (sum, overflow) = totalTime.addingReportingOverflow(value)
    totalTime = overflow ? (value > 0 ? .max : .min) : sum
  }
}

/// Jobs that failed in the same way.
public struct FailureGroup: Sendable {
  /// How they are counted.
  public let outcome: JobOutcome
  /// The entry of the mix.
  public let entry: String
  /// The sentence that they share.
  public let reason: String
  /// How many they are.
  public let count: Int
  /// Some of them, the first ones, with what the platform said.
  public let examples: JobRecords
}

/// Collects what `FailureGroup`s tell, one job after the other.
struct FailureTally {
  private struct Key: Hashable {
    var outcome: JobOutcome
    var entry: String
    var reason: String
  }

  private var tallies: [Key: (count: Int, examples: JobRecords, first: Int)] = [:]

  mutating func add(_ job: JobRecord) {
    guard job.outcome != .succeeded else { return }
    let key = Key(outcome: job.outcome, entry: job.entry, reason: job.reason ?? "no reason given")
    var group = tallies[key] ?? (0, [], job.index)
    group.count += 1
    if group.examples.count < 3 { group.examples.append(job) }
    tallies[key] = group
  }

  /// The groups, the largest first.
  var groups: [FailureGroup] {
    tallies.sorted { ($1.value.count, $0.value.first) < ($0.value.count, $1.value.first) }.map {
      FailureGroup(
        outcome: $0.key.outcome, entry: $0.key.entry, reason: $0.key.reason, count: $0.value.count,
        examples: $0.value.examples)
    }
  }
}
