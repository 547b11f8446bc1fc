import HostSystem

/// Where the sandbox's parts are, and which of them to use.
public struct SandboxConfiguration: Sendable, Hashable {
  /// bubblewrap's path.
  public var bubblewrap: String
  /// The path of rce-init, the first process of every sandbox.
  public var initProgram: String
  /// Whether to limit memory and processes by control groups where they can be had.
  public var usesControlGroups: Bool
  /// Whether root's sandboxes belong to a user that owns nothing on the host.
  public var dropsRoot: Bool

  /// The usual places: bubblewrap as packaged, rce-init beside the running program.
  public init(
    bubblewrap: String = "/usr/bin/bwrap", initProgram: String? = nil, usesControlGroups: Bool = true,
    dropsRoot: Bool = true
  ) {
    self.bubblewrap = bubblewrap
    self.initProgram = initProgram ?? "\(OwnProgram.directory)/rce-init"
    self.usesControlGroups = usesControlGroups
    self.dropsRoot = dropsRoot
  }
}

/// What protects the host while a program runs; each part is named, so that an absent one is seen.
public struct SandboxCapabilities: Sendable, Hashable {
  /// The program that isolates.
  public let backend = "bubblewrap"
  /// Namespaces that are unshared.
  public let namespaces = ["cgroup", "ipc", "mount", "net", "pid", "user", "uts"]
  /// `v1`, `v2` or `none`.
  public var controlGroup: String
  /// Why there is no control group, where there is none.
  public var controlGroupReason: String?
  /// Whether the program is kept from making namespaces of its own.
  public var disablesUserNamespaces: Bool
  /// Whether the program's system calls are filtered (seccomp).
  public var filtersSystemCalls: Bool
  /// The host user that the program's processes belong to.
  public var hostUser: UInt32
}
