public import JobBackends
public import JobDispatch

/// Everything that a monitor tells of a host.
public struct HostFigures: Sendable {
  let host: EnvironmentHost
  let deliveries: DeliveryCounts
  let loop: DispatchLoop
  let sandbox: SandboxCheck

  /// A host, what became of its messages, how they are taken, and what protects its machine.
  public init(_ host: EnvironmentHost, _ deliveries: DeliveryCounts, _ loop: DispatchLoop, _ sandbox: SandboxCheck) {
    self.host = host
    self.deliveries = deliveries
    self.loop = loop
    self.sandbox = sandbox
  }

  func metrics(version: String) -> String {
    host.snapshot.metrics(deliveries: deliveries.counts, poller: loop.snapshot, sandbox, version: version)
  }
}
