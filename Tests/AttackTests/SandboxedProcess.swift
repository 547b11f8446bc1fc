import Glibc
import HostSystem
import Sandbox

/// A process of the host that belongs to a sandbox, by its user or by its control group.
struct SandboxedProcess: CustomStringConvertible {
  private struct Entry {
    var parent: Int32
    var user: UInt32
    var name: String
    /// It has ended, and waits for its parent to ask how.
    var isDead: Bool
  }

  let description: String

  /// Those that this process started and those that nobody answers for any more; other supervisors of this machine
  /// have theirs.
  static func ofThisSupervisor() -> [SandboxedProcess] {
    var entries: [Int32: Entry] = [:]
    for name in DirectoryNames.list("/proc") {
      if let id = Int32(name), let entry = entry(id) { entries[id] = entry }
    }
    return entries.keys.filter { isOurs($0, entries) }.map { id in
      SandboxedProcess(description: "process \(id) \(entries[id]?.name ?? "")")
    }
  }

  private static func isOurs(_ id: Int32, _ entries: [Int32: Entry]) -> Bool {
    if HostState.text("/proc/\(id)/cgroup").contains("/rce-\(getpid())-") { return true }
    guard let entry = entries[id], entry.user >= SandboxUsers.base else { return false }
    // The kernel's first victim may be bubblewrap itself; what it leaves is dead, and the machine's first process buries
    // it when it gets to it.
    if entry.isDead && entry.parent <= 1 { return false }
    var ancestor = entry.parent
    while let parent = entries[ancestor], parent.user >= SandboxUsers.base { ancestor = parent.parent }
    if ancestor <= 1 { return true }
    // Between this process and a sandbox may stand one that makes them.
    while ancestor > 1 && ancestor != getpid() { ancestor = entries[ancestor]?.parent ?? 0 }
    return ancestor == getpid()
  }

  private static func entry(_ id: Int32) -> Entry? {
    let lines = HostState.text("/proc/\(id)/status").split(separator: "\n")
    func words(_ key: String) -> [Substring] {
      lines.first { $0.hasPrefix(key) }?.split(whereSeparator: { $0 == "\t" || $0 == " " }) ?? []
    }
    guard let parent = words("PPid:").last.flatMap({ Int32($0) }),
      let user = words("Uid:").dropFirst().first.flatMap({ UInt32($0) })
    else { return nil }
    return Entry(
      parent: parent, user: user, name: words("Name:").last.map(String.init) ?? "",
      isDead: words("State:").dropFirst().first == "Z")
  }
}
