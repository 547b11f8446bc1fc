import Glibc

/// Turns what bubblewrap says about a machine that does not let it work into what to do about it.
package enum SandboxAdvice {
  /// Settings of kernels that forbid user namespaces: path, the value that forbids, the command that allows.
  private static let settings = [
    (
      path: "/proc/sys/kernel/unprivileged_userns_clone", forbids: "0",
      remedy: "sysctl -w kernel.unprivileged_userns_clone=1"
    ),
    (
      path: "/proc/sys/user/max_user_namespaces", forbids: "0",
      remedy: "sysctl -w user.max_user_namespaces=15000"
    ),
    (
      path: "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", forbids: "1",
      remedy: "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile for bwrap"
    ),
  ]

  /// The error for a person; reads the settings through `read`.
  package static func explain(
    _ message: String, by backend: String = "bubblewrap", read: (String) -> String?
  ) -> SandboxError {
    let remedies = settings.filter { setting in
      read(setting.path).map { $0.hasPrefix(setting.forbids) && $0.count <= setting.forbids.count + 1 } ?? false
    }.map(\.remedy)
    let advice =
      remedies.isEmpty
      ? "in a container, start it with user namespaces allowed (for Docker: --security-opt seccomp=unconfined)"
      : "as root: " + remedies.joined(separator: "; ")
    return SandboxError(.forbidden, "\(backend) cannot make a sandbox here (\(message)); \(advice)")
  }
}
