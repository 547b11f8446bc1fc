/// Something that is kept ready, by the name that a setting calls it.
public enum WarmPool: String, Sendable, Hashable, CaseIterable {
  /// Booted Node processes.
  case node
  /// Booted Java virtual machines.
  case java
  /// Started interpreters of Python, each copied for any number of programs.
  case python
  /// A javac that stays; one at most.
  case javac

  /// The sizes that a setting asks for, for example `node=2,java=1,javac=1`; none where nothing is set.
  public static func sizes(_ text: String?) throws(WarmPoolError) -> [Self: Int] {
    var sizes: [Self: Int] = [:]
    for part in (text ?? "").split(whereSeparator: { $0 == "," || $0.isWhitespace }) where part != "none" {
      let words = part.split(separator: "=", omittingEmptySubsequences: false)
      guard words.count == 2, let pool = Self(rawValue: String(words[0])), let size = Int(words[1]),
        (0...pool.largest).contains(size)
      else { throw WarmPoolError(part: String(part)) }
      sizes[pool] = size
    }
    return sizes
  }

  /// More is taken for a slip of the pen.
  private var largest: Int { self == .javac ? 1 : 64 }
}

/// A part of the setting that names no pool with its size.
public struct WarmPoolError: Error, CustomStringConvertible, Sendable, Hashable {
  /// What was asked for.
  public let part: String

  /// A part that is not understood.
  package init(part: String) {
    self.part = part
  }

  /// The sentence for a person.
  public var description: String {
    "there is no pool \"\(part)\": use a list like node=2,java=1,javac=1 (64 at most, javac 1), or none"
  }
}
