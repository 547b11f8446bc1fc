/// Which part of a plan a generator sends, where several share it: of each phase the jobs number k - 1, k - 1 + n, and so on.
public struct ShardInfo: Codable, Sendable, Hashable, CustomStringConvertible {
  /// k: from 1 to `count`.
  public let number: Int
  /// n: generators in all.
  public let count: Int

  /// The k-th of n parts; nil where there is no such part.
  public init?(_ number: Int, of count: Int) {
    guard count >= 1, count <= Self.most, (1...count).contains(number) else { return nil }
    self.number = number
    self.count = count
  }

  /// Reads `2/3`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number, of: count)
  }

  /// Most generators of one run.
  public static let most = 1_000

  /// As it is written: `2/3`.
  public var description: String { "\(number)/\(count)" }
}

/// A shard of a merged run.
public struct RunPart: Codable, Sendable, Hashable {
  /// Which part of the plan it sent.
  public var shard: ShardInfo
  /// Its run's id.
  public var id: String
  /// The machine that it ran on.
  public var host: String
  /// Nanoseconds from the merged run's start to the shard's own.
  public var start: Int64
  /// How far that may be off, in microseconds; nil where it rests on the machines' own clocks, whose difference nobody knows.
  public var errorBoundMicroseconds: Int64?
}
