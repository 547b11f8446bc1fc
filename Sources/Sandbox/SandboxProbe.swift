import Glibc
import HostSystem

/// Finds out by trying which backend this machine lets work, and how well.
struct SandboxProbe {
  let configuration: SandboxConfiguration
  let layout: SystemLayout
  /// An error where this kernel takes none, which libseccomp finds out.
  let filter: Result<SystemCallFilter, SandboxError>
  private let users: SandboxUsers?

  init(_ configuration: SandboxConfiguration, _ layout: SystemLayout, _ filter: Result<SystemCallFilter, SandboxError>)
  {
    self.configuration = configuration
    self.layout = layout
    self.filter = filter
    users =
      geteuid() == 0 && configuration.dropsRoot
      ? SandboxUsers(
        userMap: KernelFile.read("/proc/self/uid_map") ?? "", groupMap: KernelFile.read("/proc/self/gid_map") ?? "",
        process: getpid()) : nil
  }

  /// The strongest one that works; throws why the strongest one does not where none does.
  func choose() throws(SandboxError) -> SandboxStarter {
    switch configuration.choice {
    case .jail: return try jail()
    case .bubblewrap: return try bubblewrap()
    case .rlimits: return try PlainProbe(configuration, layout).choose()
    case .automatic:
      do throws(SandboxError) {
        return try jail()
      } catch let reason {
        var starter = try afterJail()
        starter.fallbackReason = ["rce-jail: \(reason)", starter.fallbackReason].compactMap(\.self).joined(
          separator: "; ")
        return starter
      }
    }
  }

  private func afterJail() throws(SandboxError) -> SandboxStarter {
    do throws(SandboxError) {
      return try bubblewrap()
    } catch let reason {
      do throws(SandboxError) {
        var starter = try PlainProbe(configuration, layout).choose()
        starter.fallbackReason = "bubblewrap: \(reason)"
        return starter
      } catch {
        throw SandboxError(reason.kind, "\(reason); and without namespaces: \(error)")
      }
    }
  }

  // MARK: - rce-jail

  private func jail() throws(SandboxError) -> SandboxStarter {
    guard access(configuration.jail, X_OK) == 0 else {
      throw SandboxError(
        .missing, "rce-jail is not at \(configuration.jail); it is built together with rce-executor")
    }
    let filter = try filter.get()
    let networks = users == nil ? nil : try? JailNetworks()
    var first: SandboxError?
    for filters in [true, false] {
      // Root's own user must not be a program's, not even inside a user namespace: to the kernel it is still root.
      let starter =
        users == nil
        ? jail(.init(usesUserNamespace: true, filtersSystemCalls: filters), filter, nil, nil)
        : jail(.init(usesUserNamespace: false, filtersSystemCalls: filters), filter, users, networks)
      guard let error = attempt(starter, "/usr/bin/env") else { return starter }
      first = first ?? error
    }
    throw SandboxAdvice.explain(first?.description ?? "", by: "rce-jail", read: KernelFile.read)
  }

  private func jail(
    _ mode: JailConfiguration.Mode, _ filter: SystemCallFilter, _ users: SandboxUsers?, _ networks: JailNetworks?
  ) -> SandboxStarter {
    var mode = mode
    mode.hasNetwork = networks != nil
    let backend = JailBackend(
      program: configuration.jail, layout: layout, filter: filter, mode: mode, users: users)
    return SandboxStarter(
      backend: backend, users: users, networks: networks,
      jails: JailServer(program: configuration.jail, template: backend.template))
  }

  // MARK: - bubblewrap

  private func bubblewrap() throws(SandboxError) -> SandboxStarter {
    let filter = try filter.get()
    let initProgram = try readInitProgram()
    guard access(configuration.bubblewrap, X_OK) == 0 else {
      throw SandboxError(
        .missing, "bubblewrap is not installed at \(configuration.bubblewrap): apt-get install bubblewrap")
    }
    var first: SandboxError?
    for starter in bubblewraps(initProgram, filter) {
      // rce-init itself is the program: without arguments it fails at once, having proved that it was reached.
      guard let error = attempt(starter, BubblewrapCommand.initPath) else { return starter }
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

  private func bubblewraps(_ initProgram: [UInt8], _ filter: SystemCallFilter) -> [SandboxStarter] {
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
          features: features)
        return SandboxStarter(backend: backend, users: users)
      }
    }
  }

  // MARK: - Trying

  /// What an empty program may use.
  static let limits = SandboxLimits(
    wall: .seconds(5), cpu: .seconds(5), memoryBytes: 64 << 20, outputBytes: 4_096, processes: 8, fileBytes: 1 << 20)

  private func attempt(_ starter: SandboxStarter, _ program: String) -> SandboxError? {
    let request = SandboxRequest([program], limits: Self.limits)
    do throws(SandboxError) {
      _ = try starter.start(request, nil, stdin: []).finish()
      return nil
    } catch {
      return error
    }
  }
}
