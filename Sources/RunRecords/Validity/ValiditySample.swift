/// How the generator and its machine did in one second of a run.
public struct ValiditySample: Codable, Sendable, Hashable {
  /// A loop thread of the generator.
  public struct Loop: Codable, Sendable, Hashable {
    /// Share of the second that the thread was on a processor, 0 to 1.
    public var cpuShare: Double
    /// Share of the second that it stood ready without one, 0 to 1 (/proc/PID/task/TID/schedstat).
    public var waitingShare: Double

    /// A reading of a thread.
    public init(cpuShare: Double, waitingShare: Double) {
      self.cpuShare = cpuShare
      self.waitingShare = waitingShare
    }
  }

  /// Seconds from the run's start to the sample's start.
  public var second: Int
  /// Jobs that the plan wanted sent.
  public var planned = 0
  /// Jobs that were sent.
  public var sent = 0
  /// Jobs sent more than 1 ms after they were due.
  public var late = 0
  /// The largest lateness of a job sent, in nanoseconds.
  public var latenessMaximum: Int64 = 0
  /// Jobs in flight at the second's end.
  public var inFlight = 0
  /// Share of idle time of the whole machine, 0 to 1; nil where the system does not tell.
  public var hostIdle: Double?
  /// Share of time that the hypervisor took, 0 to 1; nil where the system does not tell.
  public var steal: Double?
  /// By how much a 10 ms ticker was late at most, in nanoseconds; nil where nobody looked.
  public var tickerLateness: Int64?
  /// The generator's loop threads in order.
  public var loops: [Loop] = []

  /// A second in which nothing was seen.
  public init(second: Int) {
    self.second = second
  }

  /// A ticker that is as late as this has kept the machine from being watched, and marks its second.
  public static let stallLimit: Int64 = 100_000_000

  /// The ticker was so late that figures of this second stand in doubt.
  public var isStalled: Bool { (tickerLateness ?? 0) > Self.stallLimit }
}
