import HostSystem
import Glibc

/// Threads of a user.
enum UserThreads {
  /// How many there are on the machine.
  static func count(of user: UInt32) -> Int {
    DirectoryNames.list("/proc").reduce(0) { count, name in
      guard name.utf8.first.map({ (0x31...0x39).contains($0) }) == true else { return count }
      var information = stat()
      // The directory's owner is root's for a process that hides itself; those of its threads are not counted apart.
      guard stat("/proc/\(name)", &information) == 0, information.st_uid == user || information.st_uid == 0 else {
        return count
      }
      guard let status = KernelFile.read("/proc/\(name)/status") else { return count }
      return count + (isOwned(status, by: user) ? threads(status) : 0)
    }
  }

  private static func isOwned(_ status: String, by user: UInt32) -> Bool {
    field("Uid:", status).first.flatMap { UInt32($0) } == user
  }

  private static func threads(_ status: String) -> Int {
    field("Threads:", status).first.flatMap { Int($0) } ?? 1
  }

  private static func field(_ name: String, _ status: String) -> [Substring] {
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return [] }
    return line.dropFirst(name.count).split(whereSeparator: \.isWhitespace)
  }
}
