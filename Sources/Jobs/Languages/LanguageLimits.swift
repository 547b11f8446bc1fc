/// A limit that a submission may name: what it is otherwise, and between which bounds.
public struct LimitRange: Codable, Sendable, Hashable {
  /// The limit of a program whose submission names none.
  public var `default`: Int
  /// The least that a submission may name.
  public var minimum: Int
  /// The most that a submission may name.
  public var maximum: Int

  /// A range with its default.
  public init(default: Int, minimum: Int, maximum: Int) {
    self.default = `default`
    self.minimum = minimum
    self.maximum = maximum
  }

  /// This range with another default or maximum, still in order.
  public func overridden(default: Int?, maximum: Int?) -> Self {
    let maximum = max(minimum, maximum ?? self.maximum)
    return Self(default: min(max(`default` ?? self.default, minimum), maximum), minimum: minimum, maximum: maximum)
  }
}

/// The limits that programs of a language may ask for.
public struct LanguageLimits: Codable, Sendable, Hashable {
  /// Wall-clock milliseconds.
  public var wallTimeMs: LimitRange
  /// CPU milliseconds of the whole process tree.
  public var cpuTimeMs: LimitRange
  /// Mebibytes of memory.
  public var memoryMB: LimitRange

  /// Limits with their ranges.
  public init(wallTimeMs: LimitRange, cpuTimeMs: LimitRange, memoryMB: LimitRange) {
    self.wallTimeMs = wallTimeMs
    self.cpuTimeMs = cpuTimeMs
    self.memoryMB = memoryMB
  }

  /// What a program gets that asks for nothing.
  public var defaults: ResourceLimits {
    ResourceLimits(
      wallTimeMs: wallTimeMs.default, cpuTimeMs: cpuTimeMs.default, memoryMB: memoryMB.default)
  }
}
