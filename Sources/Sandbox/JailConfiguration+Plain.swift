import CJail

extension JailConfiguration {
  /// The configuration for a request whose paths are the host's own; `mode` has no namespaces.
  package init(
    plain request: SandboxRequest, layout: SystemLayout, filter: SystemCallFilter, limits: [ResourceLimit], mode: Mode
  ) {
    self.init(mode: mode, user: 0)
    // They exist for Landlock alone: whatever is not listed cannot be opened.
    if mode.usesLandlock { allow(layout, request.mounts) }
    for file in request.files { add(RCE_JAIL_FILE, 0o666, name: file.path, data: file.bytes) }
    start(request, filter: filter, limits: limits)
  }

  private mutating func allow(_ layout: SystemLayout, _ mounts: [SandboxMount]) {
    // Unlike in a root file system of its own, what is not listed is there and refused, which some programs take for a
    // broken installation; all that this user may read of /etc is no secret to it.
    show(layout.mounts + ["/etc", "/proc"])
    showDevices()
    show(mounts)
  }
}
