/// The arguments of bubblewrap for one request; pure, so that what is in force can be read and tested.
package struct BubblewrapCommand: Sendable, Equatable {
  /// What this bubblewrap and this kernel can do beyond the least.
  package struct Features: Sendable, Equatable {
    /// `--disable-userns` (0.8.0), which forbids namespaces inside the sandbox.
    package var disablesUserNamespaces = true
    /// `--size` (0.7.0), which caps the private file systems apart from the memory limit.
    package var sizesFileSystems = true

    /// `--seccomp`, which a kernel that filters already may refuse.
    package var filtersSystemCalls = true

    /// These features.
    package init(
      disablesUserNamespaces: Bool = true, sizesFileSystems: Bool = true, filtersSystemCalls: Bool = true
    ) {
      self.disablesUserNamespaces = disablesUserNamespaces
      self.sizesFileSystems = sizesFileSystems
      self.filtersSystemCalls = filtersSystemCalls
    }
  }

  /// What bubblewrap reads from a descriptor.
  package struct Content: Sendable, Equatable {
    /// The file inside that will hold it; nil for the system-call filter.
    package var path: String?
    package var bytes: [UInt8]
  }

  /// Descriptors of the child that the arguments speak of.
  static let infoDescriptor = 4
  static let firstContentDescriptor = 5
  /// The program's user inside.
  static let user: UInt32 = 1_000
  static let initPath = "/rce-init"

  /// What follows bubblewrap's name.
  package private(set) var arguments: [String] = []
  /// What the child's descriptors from `firstContentDescriptor` on must hold.
  package private(set) var contents: [Content] = []

  /// The arguments for a request on a host with this layout.
  package init(
    _ request: SandboxRequest, layout: SystemLayout, initProgram: [UInt8], filter: SystemCallFilter,
    limits: [ResourceLimit], features: Features
  ) {
    isolate(features)
    if features.filtersSystemCalls { add("--seccomp", pass(Content(bytes: filter.bytes))) }
    show(layout)
    for mount in request.mounts { add(mount.isWritable ? "--bind" : "--ro-bind", mount.source, mount.target) }
    add("--proc", "/proc", "--dev", "/dev")
    let size = features.sizesFileSystems ? ["--size", "\(max(request.limits.fileBytes, 4_096))"] : []
    arguments += size + ["--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
    arguments += ["--perms", "1777"] + size + ["--tmpfs", "/tmp"]
    arguments += size + ["--tmpfs", "/box"]
    add("--perms", "0555")
    place(Self.initPath, initProgram)
    for file in Self.identity(CollectionOfOne(Self.user)) + request.files { place(file.path, file.bytes) }
    add("--remount-ro", "/", "--chdir", request.directory, "--clearenv")
    for variable in request.environment { add("--setenv", variable.name, variable.value) }
    arguments +=
      ["--", Self.initPath] + limits.map { "\($0.resource)=\($0.soft):\($0.hard)" } + ["--"] + request.command
  }

  private mutating func add(_ words: String...) {
    arguments += words
  }

  private mutating func isolate(_ features: Features) {
    add("--unshare-all", "--unshare-user", "--as-pid-1", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
    if features.disablesUserNamespaces { add("--disable-userns") }
    add("--uid", "\(Self.user)", "--gid", "\(Self.user)", "--hostname", "sandbox")
    add("--info-fd", "\(Self.infoDescriptor)")
  }

  private mutating func show(_ layout: SystemLayout) {
    for path in layout.mounts { add("--ro-bind", path, path) }
    for link in layout.links { add("--symlink", link.target, link.path) }
  }

  private mutating func place(_ path: String, _ bytes: [UInt8]) {
    add("--file", pass(Content(path: path, bytes: bytes)), path)
  }

  /// Hands bytes over and returns the number of their descriptor.
  private mutating func pass(_ content: Content) -> String {
    contents.append(content)
    return "\(Self.firstContentDescriptor + contents.count - 1)"
  }

  /// What programs ask for to name their user and their own machine.
  static func identity(_ users: some Sequence<UInt32>) -> [SandboxFile] {
    let (name, home, end) = (Array("runner:x:".utf8), Array("::/box:/bin/sh\n".utf8), Array(":\n".utf8))
    var passwords: [UInt8] = []
    var groups: [UInt8] = []
    for user in users {
      passwords += name
      passwords.append(decimal: user)
      passwords.append(0x3A)
      passwords.append(decimal: user)
      passwords += home
      groups += name
      groups.append(decimal: user)
      groups += end
    }
    return [
      SandboxFile("/etc/passwd", passwords), SandboxFile("/etc/group", groups),
      SandboxFile("/etc/hosts", Array("127.0.0.1 localhost\n".utf8)),
    ]
  }
}

extension [UInt8] {
  /// Appends a number's digits; for the thousands of users of a supervisor, strings would take most of its start.
  fileprivate mutating func append(decimal number: UInt32) {
    var place: UInt32 = 1
    while number / place >= 10 { place *= 10 }
    while place > 0 {
      append(0x30 + UInt8(number / place % 10))
      place /= 10
    }
  }
}
