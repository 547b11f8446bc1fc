import Glibc
import HostSystem

/// Runs commands in bubblewrap: namespaces without a network, a read-only system, private file systems, limits.
///
/// Any number of threads may run commands at once.
public final class Sandbox: Sendable {
  private let configuration: SandboxConfiguration
  private let layout: SystemLayout
  private let initProgram: [UInt8]
  private let filter: SystemCallFilter
  private let groups: ControlGroups?
  private let features: BubblewrapCommand.Features
  /// The user on the host that the sandboxes belong to; nil where it is the supervisor's own.
  public let hostUser: UInt32?
  /// What is in force.
  public let capabilities: SandboxCapabilities

  /// Looks for bubblewrap and rce-init, prepares control groups, and proves the sandbox by running nothing in it.
  public init(_ configuration: SandboxConfiguration = .init()) throws(SandboxError) {
    self.configuration = configuration
    layout = .ofHost()
    initProgram = try Self.readInitProgram(configuration.initProgram)
    filter = try SystemCallFilter()
    guard access(configuration.bubblewrap, X_OK) == 0 else {
      throw SandboxError(
        .missing, "bubblewrap is not installed at \(configuration.bubblewrap): apt-get install bubblewrap")
    }
    var reason: String?
    groups = configuration.usesControlGroups ? Self.prepareGroups(&reason) : nil
    let chosen = try SandboxProbe.choose(configuration, layout, initProgram, filter)
    features = chosen.features
    hostUser = chosen.user
    capabilities = SandboxCapabilities(
      controlGroup: groups?.plan.version.rawValue ?? "none", controlGroupReason: reason,
      disablesUserNamespaces: chosen.features.disablesUserNamespaces,
      filtersSystemCalls: chosen.features.filtersSystemCalls, hostUser: chosen.user ?? geteuid())
  }

  private static func prepareGroups(_ reason: inout String?) -> ControlGroups? {
    do throws(ControlGroupsUnavailable) {
      return try ControlGroups()
    } catch {
      reason = error.reason
      return nil
    }
  }

  private static func readInitProgram(_ path: String) throws(SandboxError) -> [UInt8] {
    do throws(SystemCallError) {
      return try FileDescriptor.open(path, O_RDONLY).readAll()
    } catch {
      throw SandboxError(
        .missing, "rce-init cannot be read (\(error)); it is built together with rce-executor and must stand beside it")
    }
  }

  /// Runs one command to its end, and returns when every process of it is gone.
  public func run(_ request: SandboxRequest) throws(SandboxError) -> SandboxOutcome {
    try SandboxRequestCheck.check(request)
    let group = try makeGroup(request.limits)
    let result = Result { () throws(SandboxError) in try start(request, group, stdin: request.stdin).finish() }
    try group?.removeWithEverything()
    return try result.get()
  }

  func makeGroup(_ limits: SandboxLimits) throws(SandboxError) -> ControlGroup? {
    do throws(SystemCallError) {
      return try groups?.makeGroup(limits)
    } catch {
      throw SandboxError(.setup, "no control group for the program: \(error)")
    }
  }

  /// Starts a command; `stdin` is nil for one that waits for its input.
  func start(
    _ request: SandboxRequest, _ group: ControlGroup?, stdin: [UInt8]?
  ) throws(SandboxError) -> Supervision {
    let command = BubblewrapCommand(
      request, layout: layout, initProgram: initProgram, filter: filter,
      limitArguments: ResourceLimitList.arguments(for: request.limits, hasControlGroup: group != nil),
      features: features)
    do throws(SystemCallError) {
      let entrances = try group?.openEntrances() ?? []
      defer { for entrance in entrances { close(entrance) } }
      var process = ProcessRequest(configuration.bubblewrap, command.arguments)
      process.userID = hostUser
      process.controlGroups = entrances
      // From its first instruction on, and not only from where --die-with-parent takes hold.
      process.parentDeathSignal = SIGKILL
      return try Supervision(
        process, stdin: stdin, contents: command.contents, limits: request.limits, group: group)
    } catch {
      throw SandboxError(.setup, "bubblewrap cannot be started: \(error)")
    }
  }
}
