public import JobBackends
public import JobDispatch

extension HostSnapshot {
  /// What a host with these environments says of itself on the register.
  public func report(
    name: String, version: String, _ configuration: EnvironmentHostConfiguration, poller: PollerSnapshot,
    batchSize: Int, executor: ExecutorFindings
  ) -> HostReport {
    HostReport(
      name: name, version: version,
      environments: HostReport.Environments(
        alive: environments.count, busy: environments.count { $0.state == "busy" },
        starting: environments.count { $0.state == "starting" }, limit: limit,
        reservedConcurrency: maximumConcurrency, provisionedConcurrency: provisioned, tenantIsolation: isolatesTenants,
        memoryMB: configuration.launch.memoryMB, timeoutMs: Int(configuration.pool.invocationTimeout / 1_000_000)),
      poller: HostReport.Poller(
        running: poller.running, allowed: poller.allowed, limit: poller.limit, batchSize: batchSize),
      sandbox: executor.sandbox, languages: executor.languages)
  }
}
