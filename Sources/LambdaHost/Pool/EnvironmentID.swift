/// The number of an environment, counted from 1 within the life of one pool and never used twice.
public struct EnvironmentID: Sendable, Hashable, Comparable {
  /// The number.
  public let number: Int

  /// Names an environment.
  public init(_ number: Int) {
    self.number = number
  }

  /// Whether the first environment was started before the second.
  public static func < (left: Self, right: Self) -> Bool {
    left.number < right.number
  }
}

/// The number of an invocation, counted within the life of one host.
package struct InvocationID: Sendable, Hashable {
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }
}
