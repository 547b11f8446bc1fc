import CJail
import Glibc

/// Objects of this process's user that no process needs to live for: System V's memory, semaphores and messages, keys.
enum SharedObjects {
  struct Object: Hashable {
    var kind: UInt32
    var id: Int32
  }

  private static let files: [(kind: UInt32, path: String)] = [
    (RCE_JAIL_SHARED_MEMORY.rawValue, "/proc/sysvipc/shm"), (RCE_JAIL_SEMAPHORES.rawValue, "/proc/sysvipc/sem"),
    (RCE_JAIL_MESSAGES.rawValue, "/proc/sysvipc/msg"),
  ]

  /// System V's that this user has made.
  static var all: Set<Object> {
    var all: Set<Object> = []
    for (kind, path) in files {
      for id in identifiers(KernelFile.read(path) ?? "", madeBy: geteuid()) { all.insert(Object(kind: kind, id: id)) }
    }
    return all
  }

  /// The numbers in a table of the kernel's, whose first line names its columns and whose second column is the number.
  private static func identifiers(_ table: String, madeBy user: UInt32) -> [Int32] {
    let lines = table.split(separator: "\n").map { $0.split(separator: " ") }
    guard let column = lines.first?.firstIndex(of: "cuid") else { return [] }
    return lines.dropFirst().compactMap { line in
      line.count > column && UInt32(line[column]) == user ? Int32(line[1]) : nil
    }
  }

  /// Removes what has come since, and all keys; a sentence for each that was there.
  static func removeNew(since before: Set<Object>) -> [String] {
    rce_jail_clear_keys()
    return all.subtracting(before).map { object in
      rce_jail_remove_object(rce_jail_object(object.kind), object.id) == 0
        ? "a program left an object of System V" : "a program left an object of System V, which cannot be removed"
    }
  }
}
