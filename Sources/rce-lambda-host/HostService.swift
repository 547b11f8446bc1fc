import HostSystem
import JobBackends
import JobDispatch
import Jobs
import LambdaHost
import Logging
import MicroHTTP
import Redis
import ServiceStart

/// The parts of a running host, put together and taken apart in the right order.
final class HostService: Sendable {
  private let host: EnvironmentHost
  private let loop: DispatchLoop
  private let register: HostRegister
  private let monitor: HostMonitor?
  private let threads: [NativeThread]
  private let consuming: Lock<Int>
  /// The port of the monitor, where there is one.
  var monitorPort: UInt16? { monitor?.port }

  /// Starts environments that are wanted ahead of need, takes over what dead hosts held, and begins to receive.
  init(_ options: Options, _ configuration: EnvironmentHostConfiguration, _ findings: ExecutorFindings) throws {
    // One for each thread that stores and one each for the register and the health check.
    let pool = RedisPool(try options.redisAddress, limit: options.dispatchThreads + 2)
    let log = options.log
    register = try HostRegister(pool, options.platform, logger: log)
    let queue = RedisStreamQueue(pool, options.platform, consumer: register.name)
    let codes = try Self.codeStore(options)
    host = try EnvironmentHost(configuration, logger: log, functionLog: { StandardOutput.write($0) })
    let stop = StopSignal()
    let dispatcher = Dispatcher(
      queue: queue, statuses: RedisJobStatusStore(pool, options.platform), codes: codes, invoker: PoolInvoker(host),
      maximumReceives: options.maximumReceives, stop: stop, logger: log)
    let deliveries = DeliveryCounts()
    let loop = DispatchLoop(dispatcher, poller: options.polling, waitMilliseconds: 500) { _, outcome in
      deliveries.add(outcome)
    }
    self.loop = loop
    let describe = { @Sendable [host, register] in
      host.snapshot.report(
        name: register.name, version: ProductVersion.text, configuration, poller: loop.snapshot,
        batchSize: options.batchSize, executor: findings)
    }
    monitor = try Self.monitor(options, HostFigures(host, deliveries, loop, findings.sandbox), pool)
    try register.start(recovering: queue, until: stop, describing: describe)
    let consuming = Lock(options.dispatchThreads)
    self.consuming = consuming
    threads = try (1...options.dispatchThreads).map { number in
      try NativeThread(named: "dispatch-\(number)") {
        loop.run()
        consuming.withLock { $0 -= 1 }
        consuming.notifyAll()
      }
    }
  }

  private static func codeStore(_ options: Options) throws -> FileCodeStore {
    do throws(BackendError) {
      return try FileCodeStore(directory: options.codeDirectory, lifetimeSeconds: options.jobLifetime)
    } catch {
      throw StartFailure("--code-directory: \(error)", exitCode: StartFailure.usage)
    }
  }

  private static func monitor(
    _ options: Options, _ figures: HostFigures, _ pool: RedisPool
  ) throws -> HostMonitor? {
    guard let configuration = options.monitor else { return nil }
    do throws(HTTPServerError) {
      return try HostMonitor(configuration, figures, version: ProductVersion.text) {
        do throws(RedisError) {
          _ = try pool.withConnection { connection throws(RedisError) in try connection.send(["PING"]) }
          return nil
        } catch {
          return "\(error)"
        }
      }
    } catch {
      throw StartFailure("--metrics-listen: \(error)", exitCode: StartFailure.usage)
    }
  }

  /// Receives nothing more; the messages in hand go on.
  func beginStop() { loop.stop() }

  /// Whether the last message in hand is finished by then.
  func isDrained(within milliseconds: Int64) -> Bool {
    consuming.wait(until: .now + milliseconds * 1_000_000) { $0 == 0 ? true : nil } ?? false
  }

  /// Ends every environment, with what still runs in it, and leaves the register, so that another host takes over
  /// what was not finished.
  func end() {
    loop.stop()
    host.stop()
    for thread in threads { thread.join() }
    register.leave()
    monitor?.stop()
  }
}
