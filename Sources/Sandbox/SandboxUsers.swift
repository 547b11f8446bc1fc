import HostSystem

/// The host users that the sandboxes of a supervisor belong to where it is root.
///
/// They own nothing on the host, so that a program which breaks out of its namespaces is nobody; and each program has
/// one of its own, so that what the kernel keeps for a user (keyrings, pipe and queue quotas) never joins two programs.
package final class SandboxUsers: Sendable {
  /// Above every range that distributions and service managers hand out (systemd's ends at 1,879,048,191).
  package static let base: UInt32 = 1_900_000_000
  /// Users of one supervisor before the first comes again.
  package static let count: UInt32 = 8_192
  /// Ranges below 2^31, beyond which programs take a user's number for negative; two supervisors only share one when
  /// their process numbers are this far apart.
  static let ranges: UInt32 = 30_000
  /// "nobody", for containers that map few users.
  package static let fallback: UInt32 = 65_534

  private let first: UInt32
  private let size: UInt32
  private let next = Lock<UInt32>(1)

  /// The users that the maps of this user namespace know; nil where there is none.
  ///
  /// - Parameters:
  ///   - userMap: the text of `/proc/self/uid_map`.
  ///   - groupMap: the text of `/proc/self/gid_map`.
  package init?(userMap: String, groupMap: String, process: Int32) {
    let range = Self.base + UInt32(process) % Self.ranges * Self.count
    let maps = [userMap, groupMap]
    if maps.allSatisfy({ Self.maps($0, range) && Self.maps($0, range + Self.count - 1) }) {
      first = range
      size = Self.count
    } else if maps.allSatisfy({ Self.maps($0, Self.fallback) }) {
      first = Self.fallback
      size = 1
    } else {
      return nil
    }
  }

  /// The supervisor's own, which no program but compilers runs as: what they make belongs to it.
  package var shared: UInt32 { first }

  /// All that a program may have.
  package var all: Range<UInt32> { first..<first + size }

  /// Whether each program has a user of its own.
  package var areFresh: Bool { size > 1 }

  /// A user that no program of this supervisor has had for a long time.
  package func fresh() -> UInt32 {
    guard areFresh else { return first }
    return next.withLock { next in
      defer { next = next + 1 < size ? next + 1 : 1 }
      return first + next
    }
  }

  // user_namespaces(7): lines of "first-inside first-outside count".
  private static func maps(_ text: String, _ user: UInt32) -> Bool {
    text.split(separator: "\n").contains { line in
      let numbers = line.split(separator: " ").compactMap { UInt64($0) }
      return numbers.count == 3 && UInt64(user) >= numbers[0] && UInt64(user) - numbers[0] < numbers[2]
    }
  }
}
