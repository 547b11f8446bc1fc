import Glibc
import HostSystem

/// Runs commands in isolation: namespaces without a network, a read-only system, private file systems, limits.
///
/// Any number of threads may run commands at once.
public final class Sandbox: Sendable {
  let starter: SandboxStarter
  private let trouble = Lock<String?>(nil)
  let forkLibrary: String
  private let groups: ControlGroups?
  /// What is in force.
  public let capabilities: SandboxCapabilities

  /// The user on the host that compilers run as, and that owns what they make; nil where it is the supervisor's own.
  public var hostUser: UInt32? { starter.users?.shared }

  /// Prepares control groups, and finds the strongest backend that works by running next to nothing in it.
  public init(_ configuration: SandboxConfiguration = .init()) throws(SandboxError) {
    var reason: String?
    let groups = configuration.usesControlGroups ? Self.prepareGroups(&reason) : nil
    let starter = try SandboxProbe(
      configuration, .ofHost(), Result { () throws(SandboxError) in try SystemCallFilter() }
    ).choose()
    self.starter = starter
    // Without namespaces the supervisor of a program would be in its group, and die of its limits.
    self.groups = starter.ground == nil ? groups : nil
    forkLibrary = configuration.forkLibrary
    capabilities = SandboxCapabilities(
      backend: starter.backend.name, namespaces: starter.backend.namespaces,
      controlGroup: self.groups?.plan.version.rawValue ?? "none", controlGroupReason: reason,
      disablesUserNamespaces: starter.backend.forbidsNamespaces,
      filtersSystemCalls: starter.backend.filtersSystemCalls, hostUser: starter.users?.shared ?? geteuid(),
      hasFreshUsers: starter.users?.areFresh ?? false, fallbackReason: starter.fallbackReason,
      facts: starter.ground?.facts)
    try Self.check(capabilities, configuration.floor)
  }

  private static func check(_ capabilities: SandboxCapabilities, _ floor: Set<Protection>) throws(SandboxError) {
    let missing = capabilities.missing(of: floor)
    guard !missing.isEmpty else { return }
    let names = missing.map(\.rawValue).joined(separator: ", ")
    throw SandboxError(
      .forbidden,
      "RCE_EXECUTOR_FLOOR asks for more than this machine gives (\(names)); absent: "
        + capabilities.absent.joined(separator: "; "))
  }

  private static func prepareGroups(_ reason: inout String?) -> ControlGroups? {
    do throws(ControlGroupsUnavailable) {
      return try ControlGroups()
    } catch {
      reason = error.reason
      return nil
    }
  }

  /// Runs one command to its end, and returns when every process of it is gone.
  public func run(_ request: SandboxRequest) throws(SandboxError) -> SandboxOutcome {
    try finish(request, by: nil)
  }

  /// Runs a command to its end, in a copy of a server where there is one.
  func finish(_ request: SandboxRequest, by server: ForkServer?) throws(SandboxError) -> SandboxOutcome {
    try SandboxRequestCheck.check(request)
    if let ground = starter.ground { return try ground.run(request, by: starter, note: note) }
    let group = try makeGroup(request.limits)
    let result = Result { () throws(SandboxError) in
      try starter.start(request, group, stdin: request.stdin, by: server).finish()
    }
    do throws(SandboxError) {
      try group?.removeWithEverything()
      return try result.get()
    } catch {
      if error.kind == .cleanup { note("\(error)") }
      throw error
    }
  }

  /// Why nothing more should be run here; once there is a reason, it stays.
  ///
  /// It names what a program left behind, or did to its supervisor.
  public var environmentProblem: String? { trouble.withLock { $0 } }

  private func note(_ problem: String) {
    trouble.withLock { trouble in trouble = trouble ?? problem }
  }

  func makeGroup(_ limits: SandboxLimits) throws(SandboxError) -> ControlGroup? {
    do throws(SystemCallError) {
      return try groups?.makeGroup(limits)
    } catch {
      throw SandboxError(.setup, "no control group for the program: \(error)")
    }
  }
}
