extension ValidityLimit {
  /// CPU of the busiest loop.
  static let generatorCPU = Self(.share, suspect: 0.7, invalid: 0.95)
  /// Idle time of the generator's machine.
  static let hostIdle = Self(.share, suspect: 0.2, isFloor: true)
  /// Time in which a loop stood ready without a core.
  static let runQueueDelay = Self(.share, suspect: 0.01, invalid: 0.1)
  /// Seconds in which a ticker was late.
  static let stalls = Self(.share, suspect: 0, invalid: 0.01)
  /// Time that the hypervisor took.
  static let steal = Self(.share, suspect: 0.005, invalid: 0.05)
}
