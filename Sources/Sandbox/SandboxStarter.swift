import Glibc
import HostSystem

/// A backend that works on this machine, with what its sandboxes take turns in.
struct SandboxStarter: Sendable {
  var backend: any SandboxBackend
  var users: SandboxUsers?
  var networks: JailNetworks?
  var jails: JailServer?
  /// The directory of programs without namespaces.
  var ground: PlainGround?
  /// Why a stronger backend is not in use.
  var fallbackReason: String?

  /// Starts a request; `stdin` is nil for one that waits for its input.
  func start(
    _ request: SandboxRequest, _ group: ControlGroup?, stdin: [UInt8]?, by server: ForkServer? = nil
  ) throws(SandboxError) -> Supervision {
    let limits = ResourceLimitList.limits(for: request.limits, hasControlGroup: group != nil)
    var launch = backend.launch(request, limits, user: user(for: request), by: server ?? jails?.current)
    do throws(SystemCallError) {
      launch.network = try networks?.take()
      let entrances = try group?.openEntrances() ?? []
      defer { for entrance in entrances { close(entrance) } }
      launch.process.controlGroups = entrances
      // From its first instruction on, and not only from where the backend itself sees to it.
      launch.process.parentDeathSignal = launch.endsOnRequest ? SIGTERM : SIGKILL
      return try Supervision(launch, stdin: stdin, limits: request.limits, group: group)
    } catch {
      throw SandboxError(.setup, "\(backend.name) cannot be started: \(error)")
    }
  }

  /// What is written outside belongs to a user that does not change; everything else to one of its own.
  private func user(for request: SandboxRequest) -> UInt32? {
    request.mounts.contains(where: \.isWritable) ? users?.shared : users?.fresh()
  }
}
