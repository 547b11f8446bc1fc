/// What a scenario takes for granted of the platform, so that its plan can say more; never part of a measurement.
public struct Assumptions: Sendable, Hashable {
  /// Time from a job's arrival to its result.
  public var endToEnd: Duration?
  /// Time that an execution is billed for.
  public var billed: Duration?
  /// Mebibytes that an execution is billed for.
  public var memoryMB: Int?

  /// Nothing, unless it is said.
  public init(endToEnd: Duration? = nil, billed: Duration? = nil, memoryMB: Int? = nil) {
    self.endToEnd = endToEnd
    self.billed = billed
    self.memoryMB = memoryMB
  }
}
