import ArgumentParser
import ExecutionAPI
import Glibc
import HostSystem
import JobBackends
import Jobs
import Logging
import MicroHTTP
import Redis
import ServiceStart

/// `rce-api`: the API of the platform as a process.
@main
struct Program {
  static func main() {
    do {
      let variables = ProcessEnvironment.byName
      if let api = variables["AWS_LAMBDA_RUNTIME_API"] { return try GatewayFunction.serve(api, variables) }
      // Before any thread starts: a signal mask is inherited.
      let signals = try SignalDescriptor([SIGTERM, SIGINT])
      let options = try OptionEnvironment.parse(Options.self, prefix: "RCE_API_")
      if case .failure(let error) = LanguageTable.selected {
        throw StartFailure("\(LanguageTable.variable): \(error)", exitCode: StartFailure.usage)
      }
      let server = try start(options)
      announce(options, server.port)
      _ = signals.wait()
      stop(server, options.log)
    } catch {
      StartFailure.end("rce-api", with: error)
    }
  }

  private static func start(_ options: Options) throws -> APIServer {
    let redis = try options.redisAddress
    try RedisGate.pass(redis, waitingSeconds: options.waitForRedis)
    var server = options.server
    server.connectionLimit = DescriptorLimit.makeRoom(forConnections: options.connections)
    if server.connectionLimit < options.connections {
      options.log.warning(
        "fewer connections than asked for: raise the hard limit of open files (ulimit -Hn)",
        metadata: ["connections": "\(server.connectionLimit)"])
    }
    do {
      return try APIServer(
        server, options.api(), try backends(options, redis), RedisJobNotifications(redis, options.platform),
        log: options.log)
    } catch let error as HTTPServerError {
      throw StartFailure("\(error)", exitCode: StartFailure.usage)
    }
  }

  private static func backends(_ options: Options, _ redis: RedisAddress) throws -> APIBackends {
    // One for each thread that asks: those of the server, those that read for waiters, the watch of the queue.
    let pool = RedisPool(redis, limit: options.threads + 4)
    let code: FileCodeStore
    do throws(BackendError) {
      code = try FileCodeStore(directory: options.codeDirectory, lifetimeSeconds: options.jobLifetime)
    } catch {
      throw StartFailure("--code-directory: \(error)", exitCode: StartFailure.usage)
    }
    return APIBackends(
      intake: RedisJobIntake(pool, options.platform), statuses: RedisJobStatusStore(pool, options.platform),
      code: code, queue: RedisStreamQueue(pool, options.platform),
      hosts: RedisHostDirectory(pool, options.platform), log: options.log)
  }

  private static func announce(_ options: Options, _ port: UInt16) {
    let line = Array("rce-api ready on http://\(ListenAddress(host: options.listen.host, port: port))\n".utf8)
    _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    guard let descriptor = options.readyFd else { return }
    _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }

  /// Ends within two seconds, whatever hangs.
  private static func stop(_ server: APIServer, _ log: Logger) {
    let isStopped = Lock(false)
    let stopper = try? NativeThread(named: "stop") {
      server.stop()
      isStopped.withLock { $0 = true }
      isStopped.notifyAll()
    }
    if stopper == nil || isStopped.wait(until: .now + 1_900_000_000, { $0 ? true : nil }) == nil {
      log.warning("not everything came to an end in time; what was accepted is stored")
    }
    exit(0)
  }
}
