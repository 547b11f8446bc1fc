import Glibc
import HostSystem

/// Runs commands in isolation: namespaces without a network, a read-only system, private file systems, limits.
///
/// Any number of threads may run commands at once.
public final class Sandbox: Sendable {
  private let choice: SandboxProbe.Choice
  private let groups: ControlGroups?
  /// What is in force.
  public let capabilities: SandboxCapabilities

  /// The user on the host that compilers run as, and that owns what they make; nil where it is the supervisor's own.
  public var hostUser: UInt32? { choice.users?.shared }

  /// Prepares control groups, and finds the strongest backend that works by running next to nothing in it.
  public init(_ configuration: SandboxConfiguration = .init()) throws(SandboxError) {
    var reason: String?
    groups = configuration.usesControlGroups ? Self.prepareGroups(&reason) : nil
    let choice = try SandboxProbe(configuration, .ofHost(), SystemCallFilter()).choose()
    self.choice = choice
    capabilities = SandboxCapabilities(
      backend: choice.backend.name, namespaces: choice.backend.namespaces,
      controlGroup: groups?.plan.version.rawValue ?? "none", controlGroupReason: reason,
      disablesUserNamespaces: choice.backend.forbidsNamespaces,
      filtersSystemCalls: choice.backend.filtersSystemCalls, hostUser: choice.users?.shared ?? geteuid(),
      hasFreshUsers: choice.users?.areFresh ?? false, fallbackReason: choice.fallbackReason)
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
    try SandboxRequestCheck.check(request)
    let group = try makeGroup(request.limits)
    let result = Result { () throws(SandboxError) in
      try SandboxRun(request, choice, group: group, user: user(for: request)).finish()
    }
    if let group, !group.remove() {
      throw SandboxError(.cleanup, "processes \(group.members) of a finished program cannot be killed")
    }
    return try result.get()
  }

  /// What is written outside belongs to a user that does not change; everything else to one of its own.
  private func user(for request: SandboxRequest) -> UInt32? {
    request.mounts.contains(where: \.isWritable) ? choice.users?.shared : choice.users?.fresh()
  }

  private func makeGroup(_ limits: SandboxLimits) throws(SandboxError) -> ControlGroup? {
    do throws(SystemCallError) {
      return try groups?.makeGroup(limits)
    } catch {
      throw SandboxError(.setup, "no control group for the program: \(error)")
    }
  }
}
