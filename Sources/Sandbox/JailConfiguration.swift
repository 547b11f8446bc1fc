import CJail

/// What rce-jail reads of one request; pure, so that what is in force can be read and tested.
package struct JailConfiguration: Sendable, Equatable {
  /// How the rights to make a sandbox are come by.
  package struct Mode: Sendable, Equatable {
    /// The caller is not root, or not wholly.
    package var usesUserNamespace: Bool
    /// Whether system calls are filtered.
    package var filtersSystemCalls = true
    /// Whether a network namespace is handed over.
    package var hasNetwork = false
    /// Whether a server has made what all sandboxes have in common.
    package var isStaged = false
    /// The program sees the host's own files and processes, as the caller's user.
    package var hasNoNamespaces = false
    /// Whether Landlock keeps a program without namespaces to the files that it is shown.
    package var usesLandlock = false
  }

  /// The program's user inside a user namespace.
  static let namespaceUser: UInt32 = 1_000
  /// Files of /proc that tell of the whole machine, hand over its memory, or name objects that no namespace separates.
  static let masks = ["kcore", "kallsyms", "key-users", "keys", "kmsg", "sched_debug", "sysrq-trigger", "timer_list"]
  static let devices = ["full", "null", "random", "urandom", "zero"]

  var records: [UInt8] = []
  private let mode: Mode
  private let user: UInt32

  /// What all sandboxes of a host with this layout have in common, for programs of any of these users.
  package init(layout: SystemLayout, users: some Sequence<UInt32>) {
    mode = Mode(usesUserNamespace: false)
    user = 0
    show(layout)
    for name in ["/box", "/proc", "/tmp"] { add(RCE_JAIL_POINT, name: name) }
    identify(users)
  }

  /// The configuration for a request on a host with this layout, for a program of this user.
  package init(
    _ request: SandboxRequest, layout: SystemLayout, filter: SystemCallFilter, limits: [ResourceLimit], mode: Mode,
    user: UInt32
  ) {
    self.init(mode: mode, user: user)
    if !mode.isStaged {
      show(layout)
      identify(CollectionOfOne(mode.usesUserNamespace ? Self.namespaceUser : user))
    }
    show(request.mounts)
    makePrivate(bytes: max(request.limits.fileBytes, 4_096), files: request.files)
    add(RCE_JAIL_PROC, name: "/proc")
    for name in Self.masks { add(RCE_JAIL_MASK, name: "/proc/" + name) }
    start(request, filter: filter, limits: limits)
  }

  init(mode: Mode, user: UInt32) {
    self.mode = mode
    self.user = user
  }

  /// The program with what it may use and do.
  mutating func start(_ request: SandboxRequest, filter: SystemCallFilter, limits: [ResourceLimit]) {
    for limit in limits {
      add(RCE_JAIL_LIMIT, limit.resource, first: UInt64(limit.soft), second: UInt64(limit.hard))
    }
    if mode.filtersSystemCalls { add(RCE_JAIL_FILTER, data: filter.bytes) }
    add(RCE_JAIL_DIRECTORY, name: request.directory)
    for word in request.command { add(RCE_JAIL_ARGUMENT, name: word) }
    // As shells and bubblewrap say it.
    if !request.environment.contains(where: { $0.name == "PWD" }) {
      add(RCE_JAIL_VARIABLE, name: "PWD=" + request.directory)
    }
    for variable in request.environment { add(RCE_JAIL_VARIABLE, name: variable.name + "=" + variable.value) }
  }

  mutating func show(_ paths: [String]) {
    for path in paths { add(RCE_JAIL_MOUNT, name: path, data: Array(path.utf8)) }
  }

  mutating func showDevices() {
    for name in Self.devices {
      add(RCE_JAIL_MOUNT, UInt32(RCE_JAIL_DEVICE), name: "/dev/" + name, data: Array(("/dev/" + name).utf8))
    }
  }

  mutating func show(_ mounts: [SandboxMount]) {
    for mount in mounts {
      let flags = mount.isWritable ? RCE_JAIL_WRITABLE : 0
      add(RCE_JAIL_MOUNT, UInt32(flags), name: mount.target, data: Array(mount.source.utf8))
    }
  }

  private mutating func identify(_ users: some Sequence<UInt32>) {
    for file in BubblewrapCommand.identity(users) { add(RCE_JAIL_FILE, 0o444, name: file.path, data: file.bytes) }
  }

  private mutating func show(_ layout: SystemLayout) {
    for link in layout.links { add(RCE_JAIL_LINK, name: link.path, data: Array(link.target.utf8)) }
    show(layout.mounts)
    showDevices()
    for (name, target) in [("fd", "self/fd"), ("stdin", "self/fd/0"), ("stdout", "self/fd/1"), ("stderr", "self/fd/2")]
    {
      add(RCE_JAIL_LINK, name: "/dev/" + name, data: Array(("/proc/" + target).utf8))
    }
    // Shared memory is files, too; a third file system would cost every program.
    add(RCE_JAIL_LINK, name: "/dev/shm", data: Array("/tmp".utf8))
  }

  private mutating func makePrivate(bytes: Int, files: [SandboxFile]) {
    // As many files as small ones would fill the space, and the space is not the only thing that they take.
    let count = UInt64(min(max(bytes / 4_096, 1_024), 65_536) + files.count)
    for (path, mode) in [("/box", 0o755), ("/tmp", 0o1777)] {
      add(RCE_JAIL_TMPFS, UInt32(mode), first: UInt64(bytes), second: count, name: path)
    }
    for file in files { add(RCE_JAIL_FILE, 0o666, first: 1, name: file.path, data: file.bytes) }
  }

  mutating func add<Kind: BinaryInteger>(
    _ kind: Kind, _ number: UInt32 = 0, first: UInt64 = 0, second: UInt64 = 0, name: String = "", data: [UInt8] = []
  ) {
    append(UInt32(kind))
    append(number)
    append(first)
    append(second)
    append(UInt32(name.utf8.count))
    append(UInt32(data.count))
    records += Array(name.utf8) + [0] + data + [0]
    records += repeatElement(0, count: (8 - records.count % 8) % 8)
  }

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number) { records += $0 }
  }

  /// The whole file: the header and the records.
  package var bytes: [UInt8] {
    var flags = mode.usesUserNamespace ? UInt32(RCE_JAIL_USER_NAMESPACE) : 0
    if mode.isStaged { flags |= UInt32(RCE_JAIL_STAGED) }
    if mode.hasNetwork { flags |= UInt32(RCE_JAIL_NETWORK_GIVEN) }
    if mode.hasNoNamespaces { flags |= UInt32(RCE_JAIL_NO_NAMESPACES) }
    if mode.usesLandlock { flags |= UInt32(RCE_JAIL_LANDLOCK) }
    let header = rce_jail_header(
      magic: RCE_JAIL_MAGIC, version: RCE_JAIL_VERSION, flags: flags,
      user: mode.usesUserNamespace ? Self.namespaceUser : user, size: UInt64(records.count))
    return withUnsafeBytes(of: header) { Array($0) } + records
  }
}
