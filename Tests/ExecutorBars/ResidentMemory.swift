import FoundationEssentials
import Glibc
import HostSystem

/// What processes hold in memory, as proc(5) tells it.
enum ResidentMemory {
  /// VmRSS of one process in MB; nil where it is gone.
  static func resident(_ process: Int32) -> Double? { megabytes("VmRSS:", "/proc/\(process)/status") }

  /// Pss of one process in MB: shared pages divided among those that share them.
  static func proportional(_ process: Int32) -> Double? { megabytes("Pss:", "/proc/\(process)/smaps_rollup") }

  /// All processes below one, without itself.
  static func descendants(of process: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    var children: [Int32: [Int32]] = [:]
    for number in names.compactMap({ Int32($0) }) {
      if let parent = parent(of: number) { children[parent, default: []].append(number) }
    }
    var found: [Int32] = []
    var open = [process]
    while let next = open.popLast() {
      let below = children[next] ?? []
      found += below
      open += below
    }
    return found
  }

  /// The parent stands behind the name, which may itself hold spaces and parentheses (proc(5), stat).
  private static func parent(of process: Int32) -> Int32? {
    guard let text = text("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 1 ? Int32(fields[1]) : nil
  }

  private static func megabytes(_ key: String, _ path: String) -> Double? {
    let line = text(path)?.split(separator: "\n").first { $0.hasPrefix(key) }
    return line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1_024 }
  }

  private static func text(_ path: String) -> String? {
    guard let file = try? FileDescriptor.open(path, O_RDONLY), let bytes = try? file.readAll() else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
