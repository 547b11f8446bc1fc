import Glibc
import HostSystem

/// Finds out by trying which backend this machine lets work, and how well.
struct SandboxProbe {
  /// A backend that works, with the users of its programs.
  struct Choice: Sendable {
    var backend: any SandboxBackend
    var users: SandboxUsers?
    var networks: JailNetworks?
    var fallbackReason: String?
  }

  let configuration: SandboxConfiguration
  let layout: SystemLayout
  let filter: SystemCallFilter
  private let users: SandboxUsers?

  init(_ configuration: SandboxConfiguration, _ layout: SystemLayout, _ filter: SystemCallFilter) {
    self.configuration = configuration
    self.layout = layout
    self.filter = filter
    users =
      geteuid() == 0 && configuration.dropsRoot
      ? SandboxUsers(
        userMap: KernelFile.read("/proc/self/uid_map") ?? "", groupMap: KernelFile.read("/proc/self/gid_map") ?? "",
        process: getpid()) : nil
  }

  /// The strongest choice that works; throws why the strongest one does not where none does.
  func choose() throws(SandboxError) -> Choice {
    switch configuration.choice {
    case .jail: return try jail()
    case .bubblewrap: return try bubblewrap()
    case .automatic:
      do throws(SandboxError) {
        return try jail()
      } catch let reason {
        var choice = try bubblewrap()
        choice.fallbackReason = reason.description
        return choice
      }
    }
  }

  // MARK: - rce-jail

  private func jail() throws(SandboxError) -> Choice {
    guard access(configuration.jail, X_OK) == 0 else {
      throw SandboxError(
        .missing, "rce-jail is not at \(configuration.jail); it is built together with rce-executor")
    }
    var first: SandboxError?
    for choice in jails {
      guard let error = attempt(choice, "/usr/bin/env") else { return choice }
      first = first ?? error
    }
    throw SandboxAdvice.explain(first?.description ?? "", by: "rce-jail", read: KernelFile.read)
  }

  private var jails: [Choice] {
    let networks = users == nil ? nil : try? JailNetworks()
    return [true, false].flatMap { filters in
      var choices: [Choice] = []
      if let users {
        choices.append(jail(.init(usesUserNamespace: false, filtersSystemCalls: filters), users, networks))
      }
      return choices + [jail(.init(usesUserNamespace: true, filtersSystemCalls: filters), nil, nil)]
    }
  }

  private func jail(_ mode: JailConfiguration.Mode, _ users: SandboxUsers?, _ networks: JailNetworks?) -> Choice {
    var mode = mode
    mode.hasNetwork = networks != nil
    let backend = JailBackend(
      program: configuration.jail, layout: layout, filter: filter, mode: mode, hasOwnUsers: users != nil)
    return Choice(backend: backend, users: users, networks: networks)
  }

  // MARK: - bubblewrap

  private func bubblewrap() throws(SandboxError) -> Choice {
    let initProgram = try readInitProgram()
    guard access(configuration.bubblewrap, X_OK) == 0 else {
      throw SandboxError(
        .missing, "bubblewrap is not installed at \(configuration.bubblewrap): apt-get install bubblewrap")
    }
    var first: SandboxError?
    for choice in bubblewraps(initProgram) {
      // rce-init itself is the program: without arguments it fails at once, having proved that it was reached.
      guard let error = attempt(choice, BubblewrapCommand.initPath) else { return choice }
      first = first ?? error
    }
    throw SandboxAdvice.explain(first?.description ?? "", by: "bubblewrap", read: KernelFile.read)
  }

  private func readInitProgram() throws(SandboxError) -> [UInt8] {
    do throws(SystemCallError) {
      return try FileDescriptor.open(configuration.initProgram, O_RDONLY).readAll()
    } catch {
      throw SandboxError(
        .missing, "rce-init cannot be read (\(error)); it is built together with rce-executor and must stand beside it")
    }
  }

  private func bubblewraps(_ initProgram: [UInt8]) -> [Choice] {
    let features = [true, false].flatMap { filters in
      [(true, true), (false, true), (false, false)].map { disables, sizes in
        BubblewrapCommand.Features(
          disablesUserNamespaces: disables, sizesFileSystems: sizes, filtersSystemCalls: filters)
      }
    }
    return (users == nil ? [nil] : [users, nil]).flatMap { users in
      features.map { features in
        let backend = BubblewrapBackend(
          program: configuration.bubblewrap, initProgram: initProgram, layout: layout, filter: filter,
          features: features, hasOwnUsers: users != nil)
        return Choice(backend: backend, users: users)
      }
    }
  }

  // MARK: - Trying

  private func attempt(_ choice: Choice, _ program: String) -> SandboxError? {
    let limits = SandboxLimits(
      wall: .seconds(5), cpu: .seconds(5), memoryBytes: 64 << 20, outputBytes: 4_096, processes: 8,
      fileBytes: 1 << 20)
    let request = SandboxRequest([program], limits: limits)
    do throws(SandboxError) {
      _ = try SandboxRun(request, choice, group: nil, user: choice.users?.shared).finish()
      return nil
    } catch {
      return error
    }
  }
}
