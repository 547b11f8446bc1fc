import ArgumentParser
import Glibc
import HostSystem
import JobBackends
import Jobs
import LambdaHost
import Logging
import Redis
import ServiceStart

/// `rce-lambda-host`: the execution side of the platform as a process.
@main
struct Program {
  static func main() {
    do {
      // Before any thread starts: a signal mask is inherited.
      let signals = try SignalDescriptor([SIGTERM, SIGINT])
      // A reader of the log that goes away must not end the host.
      signal(SIGPIPE, SIG_IGN)
      if CommandLine.arguments.dropFirst().first == "function" {
        try FunctionProgram.run(signals)
        exit(0)
      }
      let options = try OptionEnvironment.parse(Options.self, prefix: "RCE_HOST_")
      if case .failure(let error) = LanguageTable.selected {
        throw StartFailure("\(LanguageTable.variable): \(error)", exitCode: StartFailure.usage)
      }
      let configuration = options.host(reading: ProcessEnvironment.byName)
      let findings = try check(configuration.launch, options)
      let redis = try options.redisAddress
      try RedisGate.pass(redis, waitingSeconds: Int(options.waitForRedis.milliseconds / 1_000))
      let service = try HostService(options, configuration, findings)
      announce(options, configuration, service, redis)
      _ = signals.wait()
      stop(service, options, signals)
      exit(0)
    } catch {
      StartFailure.end("rce-lambda-host", with: error)
    }
  }

  /// What the executor finds on this machine; refuses to start where no program could ever run.
  private static func check(_ launch: ExecutorLaunch, _ options: Options) throws -> ExecutorFindings {
    guard access(launch.path, X_OK) == 0 else {
      throw StartFailure(
        "the executor \(launch.path) cannot be run: \(String(cString: strerror(errno))); build it, or name it with "
          + "--executor PATH", exitCode: StartFailure.usage)
    }
    switch try ExecutorCheck.run(launch) {
    case .passed(let lines, let findings):
      for line in lines { options.log.info("executor: \(line)") }
      return findings
    case .failed(let lines):
      let reasons = lines.map { "\n  \($0)" }.joined()
      throw StartFailure("this machine cannot run programs:\(reasons)", exitCode: StartFailure.usage)
    }
  }

  private static func announce(
    _ options: Options, _ configuration: EnvironmentHostConfiguration, _ service: HostService, _ redis: RedisAddress
  ) {
    var line =
      "rce-lambda-host ready: \(options.dispatchThreads) \(options.batchSize == 1 ? "messages" : "batches") at once, \(configuration.pool.limit) environments of "
      + "\(options.memory) MB at most, queue \(options.platform.streamKey) at \(redis)"
    if let port = service.monitorPort, let address = options.metricsListen {
      line += ", metrics on http://\(ListenAddress(host: address.host, port: port))/metrics"
    }
    StandardOutput.write(line)
  }

  /// The messages in hand get their time, unless a second signal says otherwise; what then still runs is killed, and
  /// comes again.
  private static func stop(_ service: HostService, _ options: Options, _ signals: borrowing SignalDescriptor) {
    let log = options.log
    log.notice("stopping: finishing the messages in hand")
    service.beginStop()
    let deadline = MonotonicInstant.now + options.drainTimeout.nanoseconds
    while !service.isDrained(within: 50) {
      if signals.next() != nil || MonotonicInstant.now >= deadline {
        log.warning("messages in hand were not finished; they come again")
        break
      }
    }
    service.end()
  }
}
