import ArgumentParser
import Glibc
import HostSystem
import JobBackends
import JobDispatch
import Jobs
import LambdaHost
import Logging
import MicroHTTP
import ServiceStart

extension Options {
  /// Threads that receive and dispatch, one batch each.
  var dispatchThreads: Int {
    if let concurrency { return concurrency }
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    // More batches in hand than environments would only wait for one.
    return poller == .lambda ? environments ?? cores : cores
  }

  /// Environments alive at once.
  var environmentLimit: Int {
    environments ?? max(dispatchThreads, prewarm + provisionedConcurrency, keep + provisionedConcurrency)
  }

  /// The least that leaves the jobs of a batch their start, their time and the storing of their results before they are
  /// given to another host; where environments die, each job may need a start of its own.
  var shortestVisibility: Seconds {
    let jobs = (timeout.milliseconds + initTimeout.milliseconds) * Int64(max(batchSize, 1))
    return Seconds((jobs + batchingWindow.milliseconds + 999) / 1_000 + 20)
  }

  /// How the queue is polled.
  var polling: PollerConfiguration {
    var polling = PollerConfiguration(limit: dispatchThreads, ramp: poller == .lambda ? .lambda : nil)
    polling.batches.size = batchSize
    polling.batches.window = batchingWindow.nanoseconds
    polling.batches.isolatesTenants = tenantIsolation
    return polling
  }

  /// Time that a message may be in hand.
  var visibility: Seconds { visibilityTimeout ?? max(Seconds(60), shortestVisibility) }

  /// What must be the same for the API and the host.
  var platform: PlatformConfiguration {
    var platform = PlatformConfiguration()
    platform.keyPrefix = keyPrefix
    platform.jobLifetimeSeconds = jobLifetime
    platform.visibilityTimeoutMilliseconds = Int(visibility.milliseconds)
    platform.maximumReceives = maximumReceives
    return platform
  }

  /// How environments are started, and the rules that they live by.
  func host(reading environment: [String: String]) -> EnvironmentHostConfiguration {
    var pool = PoolConfiguration(limit: environmentLimit)
    pool.idleTimeout = idleTimeout.nanoseconds
    pool.maximumConcurrency = reservedConcurrency
    pool.provisioned = provisionedConcurrency
    pool.isolatesTenants = tenantIsolation
    pool.recyclesAfterLimit = recycleAfterLimit
    pool.minimumKept = keep
    pool.prewarm = prewarm
    pool.maximumInvocations = recycleAfter == 0 ? nil : recycleAfter
    pool.initTimeout = initTimeout.nanoseconds
    pool.invocationTimeout = timeout.nanoseconds
    var launch = ExecutorLaunch(path: executorPath, memoryMB: memory)
    launch.variables = environment.filter {
      $0.key.hasPrefix("RCE_EXECUTOR_") || ["RCE_BWRAP", LanguageTable.variable].contains($0.key)
    }
    return EnvironmentHostConfiguration(pool: pool, launch: launch)
  }

  private var executorPath: String {
    let path = executor ?? "\(OwnProgram.directory)/rce-executor"
    guard let absolute = realpath(path, nil) else { return path }
    defer { free(absolute) }
    return String(cString: absolute)
  }

  /// How the monitor listens, where it is wanted.
  var monitor: HTTPServer.Configuration? {
    guard let metricsListen else { return nil }
    var server = HTTPServer.Configuration()
    server.address = metricsListen.host
    server.port = metricsListen.port
    server.threads = 1
    server.connectionLimit = 64
    return server
  }

  /// Writes to standard error.
  var log: Logger {
    Logger.ofProgram("rce-lambda-host", level: logLevel)
  }
}
