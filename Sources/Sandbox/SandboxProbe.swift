import Glibc
import HostSystem

/// Finds out by trying what bubblewrap can do on this machine.
enum SandboxProbe {
  struct Choice: Sendable, Equatable {
    var features: BubblewrapCommand.Features
    var user: UInt32?
  }

  /// The strongest choice that works; throws what the strongest one failed with where none does.
  static func choose(
    _ configuration: SandboxConfiguration, _ layout: SystemLayout, _ initProgram: [UInt8],
    _ filter: SystemCallFilter
  ) throws(SandboxError) -> Choice {
    var first: SandboxError?
    for choice in candidates(configuration) {
      guard let error = attempt(choice, configuration, layout, initProgram, filter) else { return choice }
      first = first ?? error
    }
    throw SandboxAdvice.explain(first?.description ?? "", read: KernelFile.read)
  }

  private static func candidates(_ configuration: SandboxConfiguration) -> [Choice] {
    var users: [UInt32?] = [nil]
    if geteuid() == 0 && configuration.dropsRoot {
      let chosen = SandboxUser.choose(
        userMap: KernelFile.read("/proc/self/uid_map") ?? "", groupMap: KernelFile.read("/proc/self/gid_map") ?? "",
        process: getpid())
      if let chosen { users.insert(chosen, at: 0) }
    }
    let features = [true, false].flatMap { filters in
      [(true, true), (false, true), (false, false)].map { disables, sizes in
        BubblewrapCommand.Features(
          disablesUserNamespaces: disables, sizesFileSystems: sizes, filtersSystemCalls: filters)
      }
    }
    return users.flatMap { user in features.map { Choice(features: $0, user: user) } }
  }

  private static func attempt(
    _ choice: Choice, _ configuration: SandboxConfiguration, _ layout: SystemLayout, _ initProgram: [UInt8],
    _ filter: SystemCallFilter
  ) -> SandboxError? {
    let limits = SandboxLimits(
      wall: .seconds(5), cpu: .seconds(5), memoryBytes: 64 << 20, outputBytes: 4_096, processes: 8,
      fileBytes: 1 << 20)
    // rce-init itself is the program: without arguments it fails at once, having proved that it was reached.
    let request = SandboxRequest([BubblewrapCommand.initPath], limits: limits)
    let command = BubblewrapCommand(
      request, layout: layout, initProgram: initProgram, filter: filter, limitArguments: [], features: choice.features)
    var process = ProcessRequest(configuration.bubblewrap, command.arguments)
    process.userID = choice.user
    do {
      let supervision = try Supervision(
        process, stdin: [], contents: command.contents, limits: limits, group: nil)
      _ = try supervision.finish()
      return nil
    } catch let error as SandboxError {
      return error
    } catch {
      return SandboxError(.setup, "\(error)")
    }
  }
}
