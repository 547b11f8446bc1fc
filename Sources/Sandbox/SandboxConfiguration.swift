import HostSystem

/// Which program isolates.
public enum SandboxChoice: String, Sendable, Hashable, CaseIterable {
  /// rce-jail, or where it does not work bubblewrap, or where that does not work either and the floor allows it rlimits.
  case automatic
  case jail = "rce-jail"
  case bubblewrap
  /// rce-jail without namespaces: limits on each process and one supervisor, for kernels that allow nothing else.
  case rlimits

  /// Reads a name; throws what is wrong with it.
  public init(_ text: String?) throws(SandboxError) {
    guard let text else {
      self = .automatic
      return
    }
    guard let choice = Self(rawValue: text) else {
      let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw SandboxError(.configuration, "'\(text)' is no sandbox: RCE_EXECUTOR_SANDBOX takes \(names)")
    }
    self = choice
  }
}

/// Where the sandbox's parts are, and which of them to use.
public struct SandboxConfiguration: Sendable, Hashable {
  /// Which program isolates.
  public var choice: SandboxChoice
  /// What must be in force, or nothing is run.
  public var floor: Set<Protection>
  /// rce-jail's path.
  public var jail: String
  /// The path of the library that makes an interpreter a fork server.
  public var forkLibrary: String
  /// bubblewrap's path.
  public var bubblewrap: String
  /// The path of rce-init, the first process of every sandbox of bubblewrap's.
  public var initProgram: String
  /// Whether to limit memory and processes by control groups where they can be had.
  public var usesControlGroups: Bool
  /// Whether root's sandboxes belong to users that own nothing on the host.
  public var dropsRoot: Bool
  /// A directory that is this process's alone; what a program without namespaces leaves there is removed.
  public var temporaryDirectory: String

  /// The usual places: bubblewrap as packaged, the project's own programs beside the running one.
  public init(
    _ choice: SandboxChoice = .automatic, floor: Set<Protection> = [], jail: String? = nil,
    bubblewrap: String = "/usr/bin/bwrap", initProgram: String? = nil, usesControlGroups: Bool = true,
    dropsRoot: Bool = true, temporaryDirectory: String = "/tmp"
  ) {
    self.choice = choice
    self.floor = floor
    self.jail = jail ?? "\(OwnProgram.directory)/rce-jail"
    forkLibrary = "\(OwnProgram.directory)/librce-zygote.so"
    self.bubblewrap = bubblewrap
    self.initProgram = initProgram ?? "\(OwnProgram.directory)/rce-init"
    self.usesControlGroups = usesControlGroups
    self.dropsRoot = dropsRoot
    self.temporaryDirectory = temporaryDirectory
  }
}

/// What protects the host while a program runs; each part is named, so that an absent one is seen.
public struct SandboxCapabilities: Sendable, Hashable {
  /// The program that isolates.
  public var backend: String
  /// Namespaces that are unshared.
  public var namespaces: [String]
  /// `v1`, `v2` or `none`.
  public var controlGroup: String
  /// Why there is no control group, where there is none.
  public var controlGroupReason: String?
  /// Whether the program is kept from making namespaces of its own.
  public var disablesUserNamespaces: Bool
  /// Whether the program's system calls are filtered (seccomp).
  public var filtersSystemCalls: Bool
  /// The host user of what compilers make.
  public var hostUser: UInt32
  /// Whether each program belongs to a host user of its own.
  public var hasFreshUsers: Bool
  /// Why a stronger program than `backend` is not in use, where one was tried.
  public var fallbackReason: String?
  /// What this machine offers to programs without namespaces; nil where they have some.
  public var facts: KernelFacts?

  /// Each protection that is not in force, in words.
  public var absent: [String] {
    var absent: [String] = []
    if namespaces.isEmpty { absent.append("namespaces") }
    if !filtersSystemCalls { absent.append("system-call filter") }
    if !disablesUserNamespaces { absent.append("a ban on namespaces inside the sandbox") }
    if controlGroup == "none" { absent.append("control group: \(controlGroupReason ?? "not wanted")") }
    if !hasFreshUsers { absent.append("a host user for each program") }
    if let facts { absent += facts.weaknesses }
    if let fallbackReason { absent.append(fallbackReason) }
    return absent
  }

  /// What the floor asks for and is not in force.
  package func missing(of floor: Set<Protection>) -> [Protection] {
    floor.filter { protection in
      switch protection {
      case .namespaces: namespaces.isEmpty
      case .seccomp: !filtersSystemCalls
      case .cgroup: controlGroup == "none"
      case .user: !hasFreshUsers
      }
    }.sorted { $0.rawValue < $1.rawValue }
  }
}
