/// How long a burst takes behind a queue whose poller raises its concurrency step by step, as event sources of Lambda do.
///
/// The ramp is taken as continuous, a batch is one job, and starting an environment takes no time, so that the answer is the
/// least that a platform needs: c(t) = min(cap, c0 + r t), and the burst is gone when the integral of c is the work.
public struct BurstDrain: Sendable, Hashable, Codable {
  /// How many environments are busy, from the burst on.
  public struct Ramp: Sendable, Hashable, Codable {
    /// Environments at once.
    public var start: Double
    /// More of them in each second.
    public var perSecond: Double
    /// The most of them.
    public var cap: Double

    /// A ramp.
    public init(start: Double, perSecond: Double, cap: Double) {
      (self.start, self.perSecond, self.cap) = (start, perSecond, cap)
    }

    /// A queue's standard event source of Lambda: 5 at once, 300 more in a minute, 1,250 or the function's
    /// MaximumConcurrency at most (AWS Lambda Developer Guide, services-sqs-scaling).
    public static func standard(cap: Double = 1_250) -> Ramp { Ramp(start: 5, perSecond: 5, cap: cap) }

    /// A provisioned event source of Lambda: ten for each poller, 1,000 more in a minute, 20,000 at most.
    public static func provisioned(pollers: Double, cap: Double = 20_000) -> Ramp {
      Ramp(start: 10 * pollers, perSecond: 1_000.0 / 60, cap: cap)
    }

    /// As many as there are, from the start.
    public static func fixed(_ environments: Double) -> Ramp {
      Ramp(start: environments, perSecond: 0, cap: environments)
    }
  }

  /// Jobs that come at once.
  public var jobs: Double
  /// Seconds that each keeps an environment busy.
  public var service: Double
  /// How concurrency rises.
  public var ramp: Ramp
  /// Seconds until the last job is done.
  public var seconds: Double
  /// Environments that are busy at the end.
  public var concurrency: Double

  /// The drain; refuses quantities of no meaning.
  public init(jobs: Double, service: Double, _ ramp: Ramp) throws(PlanningRefusal) {
    guard jobs > 0, jobs <= 1e12 else {
      throw PlanningRefusal("a burst of \(jobs) jobs does not drain", hint: "give more than 0 jobs, for example 1000")
    }
    guard service > 0, service.isFinite else {
      throw PlanningRefusal("the service time must be above 0, got \(service)", hint: "give seconds, for example 2")
    }
    guard ramp.start > 0, ramp.perSecond >= 0, ramp.cap > 0, ramp.start.isFinite, ramp.cap.isFinite else {
      throw PlanningRefusal(
        "a ramp from \(ramp.start) by \(ramp.perSecond) a second to \(ramp.cap) environments does no work",
        hint: "give at least one environment, and no fall")
    }
    (self.jobs, self.service, self.ramp) = (jobs, service, ramp)
    seconds = Self.seconds(jobs * service, ramp)
    concurrency = min(ramp.cap, ramp.start + ramp.perSecond * seconds)
  }

  /// When the busy environments have done so many seconds of work between them.
  private static func seconds(_ work: Double, _ ramp: Ramp) -> Double {
    let start = min(ramp.start, ramp.cap)
    guard ramp.perSecond > 0, start < ramp.cap else { return work / start }
    let top = (ramp.cap - start) / ramp.perSecond
    let byThen = (start + ramp.cap) / 2 * top
    if work > byThen { return top + (work - byThen) / ramp.cap }
    return ((start * start + 2 * ramp.perSecond * work).squareRoot() - start) / ramp.perSecond
  }
}
