import FoundationEssentials
import Glibc

/// Processes by their parents, as /proc shows them.
enum ProcessTree {
  /// All descendants of a process, its own id not among them.
  static func descendants(of root: Int32) -> [Int32] {
    var children: [Int32: [Int32]] = [:]
    for (process, parent) in all { children[parent, default: []].append(process) }
    var found: [Int32] = []
    var next = [root]
    while let process = next.popLast() {
      let own = children[process] ?? []
      found += own
      next += own
    }
    return found
  }

  private static var all: [(process: Int32, parent: Int32)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { name in
      guard let process = Int32(name), let data = try? Data(contentsOf: URL(filePath: "/proc/\(name)/stat")) else {
        return nil
      }
      // The name before the bracket may hold anything; after it come the state and the parent.
      let rest = String(decoding: data, as: UTF8.self).split(separator: ")").last ?? ""
      return rest.split(separator: " ").dropFirst().first.flatMap { Int32($0) }.map { (process, $0) }
    }
  }

  /// Whether a process does nothing any more; a zombie that nobody has collected is gone too.
  static func isGone(_ process: Int32) -> Bool { kill(process, 0) != 0 || isZombie(process) }
}
