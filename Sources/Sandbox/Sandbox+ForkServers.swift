import Glibc
import HostSystem

/// Programs that are copies of an interpreter which has started already.
extension Sandbox {
  /// Starts an interpreter for copies to be made of; nil where this machine's sandboxes cannot be entered by one.
  ///
  /// - Parameter request: a Python program whose options and environment all later ones have.
  public func startForkServer(_ request: SandboxRequest) throws(SandboxError) -> ForkServer? {
    guard let backend = starter.backend as? JailBackend, access(forkLibrary, R_OK) == 0 else { return nil }
    guard let end = request.command.firstIndex(of: ForkServer.program) else {
      throw SandboxError(.setup, "a fork server is for programs at \(ForkServer.program), got \(request.command)")
    }
    do throws(SystemCallError) {
      return try ForkServer(
        command: Array(request.command[..<end]), environment: request.environment, library: forkLibrary,
        template: backend.template)
    } catch {
      throw SandboxError(.setup, "\(request.command[0]) does not become a fork server: \(error)")
    }
  }

  /// Runs a command to its end as `run(_:)` does, in a copy of the server.
  public func run(_ request: SandboxRequest, by server: ForkServer) throws(SandboxError) -> SandboxOutcome {
    try finish(request, by: server)
  }
}
