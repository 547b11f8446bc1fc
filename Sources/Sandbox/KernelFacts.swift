import CJail
import Glibc
import HostSystem

/// What a kernel offers to a process of this user, found out by trying.
public struct KernelFacts: Sendable, Hashable, Encodable {
  /// Namespaces that can be made, for example `["mount", "pid", "user"]`.
  public var namespaces: [String]
  /// Whether a process can have its system calls filtered (seccomp).
  public var seccomp: Bool
  /// The version of Landlock's interface; 0 where there is none.
  public var landlock: Int
  /// Whether a process can trace another one of its user.
  public var ptrace: Bool
  /// Whether a process can hide its memory and environment from others of its user (PR_SET_DUMPABLE).
  public var nonDumpable: Bool
  /// Whether a process can become the parent of orphans below it (PR_SET_CHILD_SUBREAPER).
  public var subreaper: Bool
  /// Whether the kernel lists the children of a process, by which memory and CPU time of a tree are counted.
  public var childLists: Bool

  private static let names: [(flag: UInt32, name: String)] = [
    (0x0200_0000, "cgroup"), (0x0800_0000, "ipc"), (0x0002_0000, "mount"), (0x4000_0000, "net"), (0x2000_0000, "pid"),
    (0x1000_0000, "user"), (0x0400_0000, "uts"),
  ]

  /// These facts.
  package init(
    namespaces: [String], seccomp: Bool, landlock: Int, ptrace: Bool, nonDumpable: Bool, subreaper: Bool,
    childLists: Bool
  ) {
    self.namespaces = namespaces
    self.seccomp = seccomp
    self.landlock = landlock
    self.ptrace = ptrace
    self.nonDumpable = nonDumpable
    self.subreaper = subreaper
    self.childLists = childLists
  }

  init(_ facts: rce_jail_facts) {
    self.init(
      namespaces: Self.names.filter { facts.namespaces & $0.flag != 0 }.map(\.name), seccomp: facts.filter != 0,
      landlock: Int(facts.landlock), ptrace: facts.trace != 0, nonDumpable: facts.hide != 0,
      subreaper: facts.reap != 0,
      childLists: access("/proc/self/task/\(getpid())/children", R_OK) == 0)
  }

  /// Asks rce-jail at this path, which tries everything in processes that end at once.
  public static func probe(by jail: String) throws(SandboxError) -> Self {
    do throws(SystemCallError) {
      var pipe = try Pipe()
      guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
        throw SystemCallError("pipe2", code: EBADF)
      }
      var request = ProcessRequest(jail, ["--probe"])
      request.descriptors = [-1, writing.number, -1]
      let child = try ChildProcess(request)
      _ = consume writing
      let bytes = try reading.readAll()
      _ = try child.wait()
      guard bytes.count == MemoryLayout<rce_jail_facts>.size else { throw SystemCallError("probe", jail, code: EIO) }
      return Self(bytes.withUnsafeBytes { $0.loadUnaligned(as: rce_jail_facts.self) })
    } catch {
      throw SandboxError(.missing, "rce-jail cannot say what this kernel offers: \(error)")
    }
  }

  /// The facts in one line, for a log.
  public var summary: String {
    let spaces = namespaces.isEmpty ? "none" : namespaces.joined(separator: "+")
    return "namespaces \(spaces), seccomp \(seccomp), Landlock \(landlock), ptrace \(ptrace), "
      + "non-dumpable \(nonDumpable), subreaper \(subreaper), child lists \(childLists)"
  }

  /// What a program without namespaces can do here that it could not with them, each in words.
  package var weaknesses: [String] {
    var weaknesses: [String] = []
    if landlock == 0 { weaknesses.append("files of its own: a program reads and writes what this user may") }
    if !seccomp {
      let open = landlock >= 4 ? "UDP, local sockets" : "every network that this machine reaches, local services"
      weaknesses.append("a network of its own: a program reaches \(open)")
    }
    if landlock < 6 { weaknesses.append("processes of its own: a program can kill the executor") }
    if !nonDumpable && ptrace { weaknesses.append("a hidden executor: a program can read its memory") }
    weaknesses.append("a limit on all files of a program together")
    return weaknesses
  }
}
