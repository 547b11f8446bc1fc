/// The host user that a sandbox belongs to where the supervisor is root.
///
/// It owns nothing on the host, so that a program which breaks out of its namespaces is nobody.
package enum SandboxUser {
  /// Above every range that distributions and service managers hand out (systemd's ends at 1,879,048,191), and one for
  /// each supervisor, so that two of them never share a user's kernel objects.
  package static let base: UInt32 = 1_900_000_000
  /// "nobody", for containers that map few users.
  package static let fallback: UInt32 = 65_534

  /// A user that the maps of this user namespace know; nil where there is none.
  ///
  /// - Parameters:
  ///   - userMap: the text of `/proc/self/uid_map`.
  ///   - groupMap: the text of `/proc/self/gid_map`.
  package static func choose(userMap: String, groupMap: String, process: Int32) -> UInt32? {
    [base + UInt32(process), fallback].first { maps(userMap, $0) && maps(groupMap, $0) }
  }

  // user_namespaces(7): lines of "first-inside first-outside count".
  private static func maps(_ text: String, _ user: UInt32) -> Bool {
    text.split(separator: "\n").contains { line in
      let numbers = line.split(separator: " ").compactMap { UInt64($0) }
      return numbers.count == 3 && UInt64(user) >= numbers[0] && UInt64(user) - numbers[0] < numbers[2]
    }
  }
}
