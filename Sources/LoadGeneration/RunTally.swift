import RunRecords
import Statistics

/// What the collector counts for the live view, for limits and for the end, as jobs end.
struct RunTally {
  private(set) var counts = OutcomeCounts()
  private(set) var coldStarts = 0
  private(set) var dollars = 0.0
  private(set) var readings = TallyReadings()
  private var endToEnd = SeriesHistogram()
  private var queueWait = SeriesHistogram()
  private var lateness = SeriesHistogram()
  private var recent = RecentSeries()
  private let cost: (@Sendable (JobRecord) -> Double)?
  private let clock: RunClock
  /// Names of the phases whose jobs come many at once, so that their delay is no fault.
  private let bursts: Set<String>
  private var history: [(instant: Int64, scheduled: Int, ended: Int)] = []
  private var nextSecond: Int64 = 0

  private static let historyLength: Int64 = 2_000_000_000

  init(clock: RunClock, bursts: Set<String> = [], cost: (@Sendable (JobRecord) -> Double)?) {
    self.clock = clock
    self.bursts = bursts
    self.cost = cost
  }

  mutating func add(_ record: JobRecord) {
    counts.add(record.outcome)
    if record.waitedForEnvironment == true { coldStarts += 1 }
    // A job that never finished counts with its age: it has taken that long at least.
    if let value = record.value(of: .e2e, on: clock)?.nanoseconds {
      endToEnd.record(nanoseconds: value)
      recent.record(nanoseconds: value, at: record.endedAt)
    }
    if let value = record.value(of: .queueWait, on: clock) { queueWait.record(nanoseconds: value.nanoseconds) }
    if record.recorded, !bursts.contains(record.phase), let value = record.value(of: .lateness, on: clock) {
      lateness.record(nanoseconds: value.nanoseconds)
    }
    if let cost { dollars += cost(record) }
  }

  /// Jobs that became due and jobs that ended per second, over the last two seconds.
  mutating func rates(at now: Int64, scheduled: Int) -> (offered: Double, ended: Double) {
    history.append((now, scheduled, counts.total))
    history.removeAll { $0.instant < now - Self.historyLength }
    guard let first = history.first, now > first.instant else { return (0, 0) }
    let seconds = Double(now - first.instant) / 1e9
    return (Double(scheduled - first.scheduled) / seconds, Double(counts.total - first.ended) / seconds)
  }

  /// Reads the histograms anew, once a second, since nobody reads faster and each reading has a price.
  mutating func read(at now: Int64, health: () -> [ValiditySample], isLast: Bool = false) {
    guard now >= nextSecond || isLast else { return }
    let missed = nextSecond > 0 ? max(1, min(60, (now - nextSecond) / 1_000_000_000 + 1)) : 0
    readings.add(ended: counts.total, seconds: isLast && now < nextSecond ? 0 : Int(missed))
    nextSecond = (now / 1_000_000_000 + 1) * 1_000_000_000
    readings.endToEnd = LatencyReading(endToEnd)
    readings.recent = LatencyReading(recent.values(before: now))
    readings.queueWait = LatencyReading(queueWait)
    readings.lateness = LatencyReading(lateness)
    let samples = health()
    readings.hostIdle = samples.last?.hostIdle
    let validity = Validity(
      soFar: samples, lateness: readings.lateness.percentile99, median: readings.endToEnd.median)
    readings.validity = validity.checks.isEmpty ? nil : validity
  }

  /// Writes what has been counted and read into a snapshot.
  func tell(_ snapshot: inout ProgressSnapshot) {
    (snapshot.counts, snapshot.coldStarts, snapshot.dollars) = (counts, coldStarts, dollars)
    (snapshot.endToEnd, snapshot.recent) = (readings.endToEnd, readings.recent)
    (snapshot.queueWait, snapshot.lateness) = (readings.queueWait, readings.lateness)
    (snapshot.endedBySecond, snapshot.hostIdle) = (readings.endedBySecond, readings.hostIdle)
    snapshot.validity = readings.validity
  }
}

/// What is read once a second.
struct TallyReadings: Sendable {
  var endToEnd = LatencyReading()
  var recent = LatencyReading()
  var queueWait = LatencyReading()
  var lateness = LatencyReading()
  var hostIdle: Double?
  var validity: Validity?
  /// Jobs that ended in each of the last seconds, the latest last.
  private(set) var endedBySecond: [Int] = []
  private var ended = 0

  /// Seconds that are kept.
  private static let seconds = 60

  mutating func add(ended total: Int, seconds: Int) {
    guard seconds > 0 else { return }
    // Where the collector was kept from looking, what it found at last is spread over what it missed.
    endedBySecond += (0..<seconds).map { (total - ended) * ($0 + 1) / seconds - (total - ended) * $0 / seconds }
    endedBySecond = endedBySecond.suffix(Self.seconds)
    ended = total
  }
}
