import Jobs

/// A finished job's e2e, cut into parts that neither overlap nor leave a gap.
///
///     t0 | t1 | s1 | s2 | s3 | s4 | s5 | s6 | t6 | t7
///      late. submit queue cold comp. run publ. notice residual
///
/// `submit` ends here at s1, when the queue had the message, and not at t4, when the client had read the answer: from s1 on
/// the job is on its way, so t4 - s1 passes while the job waits in the queue or runs, and belongs to those parts. (The
/// series `submit` is t4 - t1, as the client feels it.) What the parts leave is the residual: reading the result's body
/// (t7 - t6), and whatever an error of the clock offset moves across the border between the machines; a part that would
/// be negative by it is 0 and the residual has the difference.
public struct Decomposition: Sendable, Hashable {
  /// A part of e2e, in the order of time.
  public enum Part: String, Codable, Sendable, Hashable, CaseIterable {
    case lateness
    case submit
    case queueWait = "queue_wait"
    case coldStart = "cold_start"
    case compile
    case run
    case publish
    case notice
    case residual

    /// Its place in the order of time, from 0.
    fileprivate var place: Int {
      switch self {
      case .lateness: 0
      case .submit: 1
      case .queueWait: 2
      case .coldStart: 3
      case .compile: 4
      case .run: 5
      case .publish: 6
      case .notice: 7
      case .residual: 8
      }
    }

    /// The name for people.
    public var title: String {
      switch self {
      case .lateness: "Lateness"
      case .submit: "Submit"
      case .queueWait: "Queue wait"
      case .coldStart: "Cold start"
      case .compile: "Compile"
      case .run: "Run"
      case .publish: "Publish"
      case .notice: "Notice"
      case .residual: "Residual"
      }
    }
  }

  /// Nanoseconds of each part by its place; a vector and no array, since reports take apart every job of a run.
  private let nanoseconds: SIMD16<Int64>
  /// The whole, in nanoseconds.
  public let e2e: Int64

  /// The parts of a job; nil where it did not finish or the platform gave no instants.
  public init?(_ record: JobRecord, on clock: RunClock) {
    guard let t1 = record.t1, let t6 = record.t6, let t7 = record.t7, let timings = record.timings,
      let s1 = timings.s1, let s2 = timings.s2, let s5 = timings.s5, let s6 = timings.s6
    else { return nil }
    let s3 = timings.s3 ?? s2
    let s4 = timings.s4 ?? s3
    let starts = SIMD8(
      record.t0, t1, clock.nanoseconds(s1), clock.nanoseconds(s2), clock.nanoseconds(s3), clock.nanoseconds(s4),
      clock.nanoseconds(s5), clock.nanoseconds(s6))
    let ends = SIMD8(starts[1], starts[2], starts[3], starts[4], starts[5], starts[6], starts[7], t6)
    let parts = pointwiseMax(ends &- starts, .zero)
    e2e = t7 - record.t0
    var nanoseconds = SIMD16(lowHalf: parts, highHalf: .zero)
    nanoseconds[Part.residual.place] = e2e - parts.wrappedSum()
    self.nanoseconds = nanoseconds
  }

  /// Nanoseconds of a part; only the residual can be negative.
  public subscript(part: Part) -> Int64 {
    nanoseconds[part.place]
  }

  /// Whether the parts add up to e2e within 1 ms or 1 %.
  public var addsUp: Bool { abs(self[.residual]) <= max(1_000_000, abs(e2e) / 100) }
}
