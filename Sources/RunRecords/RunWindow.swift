/// What happened in one second of a run, jobs of every phase counted.
public struct RunWindow: Codable, Sendable, Hashable {
  /// Seconds from the run's start to the window's start.
  public var second: Int
  /// Jobs that the plan wanted sent.
  public var offered = 0
  /// Jobs that were sent.
  public var sent = 0
  /// Jobs that the platform accepted.
  public var accepted = 0
  /// Jobs whose result was read.
  public var completed = 0
  /// Jobs among them that succeeded.
  public var succeeded = 0
  /// Jobs among those that met the SLO; all that succeeded where none is declared.
  public var good = 0
  /// Jobs whose result was read and that had waited for a cold start.
  public var cold = 0
  /// Jobs that were refused, by the time of the refusal.
  public var rejected = 0
  /// Mean jobs in flight, from dispatch to end.
  public var inFlight = 0.0

  /// A window in which nothing happened.
  public init(second: Int) {
    self.second = second
  }

  /// The windows of a run, without a gap from its start to its last event.
  public static func all(of records: some Collection<JobRecord>, sloMilliseconds: Double?) -> [RunWindow] {
    let last = records.reduce(Int64(0)) { max($0, $1.endedAt, $1.t7 ?? 0) }
    var windows = (0...min(mostWindows, Int(last / nanosecondsPerSecond))).map(RunWindow.init(second:))
    for record in records { count(record, in: &windows, sloMilliseconds: sloMilliseconds) }
    return records.isEmpty ? [] : windows
  }

  private static let nanosecondsPerSecond: Int64 = 1_000_000_000
  /// A week of seconds: later events count in the last one, so that one wrong instant cannot fill the memory.
  private static let mostWindows = 7 * 86_400

  private static func count(_ record: JobRecord, in windows: inout [RunWindow], sloMilliseconds: Double?) {
    func add(_ instant: Int64?, _ field: WritableKeyPath<RunWindow, Int>) {
      guard let instant else { return }
      windows[min(windows.count - 1, max(0, Int(instant / nanosecondsPerSecond)))][keyPath: field] += 1
    }
    add(record.t0, \.offered)
    add(record.t1, \.sent)
    // A platform that answers with the result gives no id.
    add(record.t4 ?? (record.jobId == nil ? record.t7 : nil), \.accepted)
    add(record.t7, \.completed)
    if record.outcome == .succeeded { add(record.t7, \.succeeded) }
    if record.isGood(sloMilliseconds: sloMilliseconds) { add(record.t7, \.good) }
    if record.waitedForEnvironment == true { add(record.t7, \.cold) }
    if record.outcome == .rejected { add(record.endedAt, \.rejected) }
    guard let t1 = record.t1 else { return }
    let end = max(t1, record.endedAt)
    let first = max(0, Int(t1 / nanosecondsPerSecond))
    for second in windows.indices[min(first, windows.count)...] {
      let start = Int64(second) * nanosecondsPerSecond
      guard start < end else { break }
      let overlap = min(end, start + nanosecondsPerSecond) - max(t1, start)
      windows[second].inFlight += Double(max(0, overlap)) / Double(nanosecondsPerSecond)
    }
  }
}

extension JobRecord {
  /// Whether the job counts as goodput: it succeeded, and within the SLO where one is declared.
  public func isGood(sloMilliseconds: Double?) -> Bool {
    guard outcome == .succeeded, let t7 else { return false }
    guard let sloMilliseconds else { return true }
    return Double(t7 - t0) <= sloMilliseconds * 1e6
  }
}
