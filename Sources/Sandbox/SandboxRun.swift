import Glibc
import HostSystem

/// One request on its way through a backend.
struct SandboxRun: ~Copyable {
  private let request: SandboxRequest
  private let choice: SandboxProbe.Choice
  private let group: ControlGroup?
  private let user: UInt32?

  init(_ request: SandboxRequest, _ choice: SandboxProbe.Choice, group: ControlGroup?, user: UInt32?) {
    self.request = request
    self.choice = choice
    self.group = group
    self.user = user
  }

  /// Runs it to its end.
  consuming func finish() throws(SandboxError) -> SandboxOutcome {
    let network = try takeNetwork()
    do throws(SandboxError) {
      let outcome = try start(network).finish()
      if let network { choice.networks?.giveBack(network) }
      return outcome
    } catch {
      if let network { choice.networks?.discard(network) }
      throw error
    }
  }

  private func takeNetwork() throws(SandboxError) -> Int32? {
    do throws(SystemCallError) {
      return try choice.networks?.take()
    } catch {
      throw SandboxError(.setup, "no network namespace for the program: \(error)")
    }
  }

  private func start(_ network: Int32?) throws(SandboxError) -> Supervision {
    let limits = ResourceLimitList.limits(for: request.limits, hasControlGroup: group != nil)
    var launch = choice.backend.launch(request, limits, user: user)
    if let network { launch.passed = [network] }
    do throws(SystemCallError) {
      let entrances = try group?.openEntrances() ?? []
      defer { for entrance in entrances { close(entrance) } }
      launch.process.controlGroups = entrances
      // From its first instruction on, and not only from where the backend itself sees to it.
      launch.process.parentDeathSignal = SIGKILL
      return try Supervision(launch, stdin: request.stdin, limits: request.limits, group: group)
    } catch {
      throw SandboxError(.setup, "\(choice.backend.name) cannot be started: \(error)")
    }
  }
}
