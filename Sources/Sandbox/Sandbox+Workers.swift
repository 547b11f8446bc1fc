/// Programs that are started before there is work for them.
extension Sandbox {
  /// Starts a program that waits for its input, and returns once it has printed the marker.
  ///
  /// - Parameters:
  ///   - request: its limits are those of the start, and of memory and file size for good; its input is ignored.
  ///   - readiness: what it prints on standard output when it is ready to block on its standard input.
  public func startWorker(_ request: SandboxRequest, readiness: [UInt8]) throws(SandboxError) -> SandboxWorker {
    let group = try makeGroup(for: request)
    return SandboxWorker(try boot(request, group, readiness), group)
  }

  /// Starts a program that stays, and returns once it has printed the marker.
  public func startService(_ request: SandboxRequest, readiness: [UInt8]) throws(SandboxError) -> SandboxService {
    let group = try makeGroup(for: request)
    return SandboxService(try boot(request, group, readiness), group)
  }

  private func makeGroup(for request: SandboxRequest) throws(SandboxError) -> ControlGroup? {
    try SandboxRequestCheck.check(request)
    if starter.ground != nil {
      // A program of the same user could change the worker before its work comes.
      throw SandboxError(.setup, "nothing is started ahead of its work where there are no namespaces")
    }
    return try makeGroup(request.limits)
  }

  private func boot(
    _ request: SandboxRequest, _ group: ControlGroup?, _ readiness: [UInt8]
  ) throws(SandboxError) -> Supervision {
    do throws(SandboxError) {
      var supervision = try starter.start(request, group, stdin: nil)
      do throws(SandboxError) {
        try supervision.boot(until: readiness)
      } catch {
        try supervision.abandon()
        throw error
      }
      return supervision
    } catch {
      try group?.removeWithEverything()
      throw error
    }
  }
}

extension ControlGroup {
  /// Removes the group after its sandbox has ended; an error where something in it cannot be killed.
  func removeWithEverything() throws(SandboxError) {
    if !remove() { throw SandboxError(.cleanup, "processes \(members) of a finished program cannot be killed") }
  }
}
