import HostSystem
import JobBackends
public import Logging
import MicroHTTP

/// Owns execution environments as Lambda does: starts them on demand, keeps them warm, bounds them, bills them.
///
/// One Runtime API server on loopback serves all environments, one thread owns all their processes, and any number of
/// threads may invoke.
public final class EnvironmentHost: Sendable {
  /// Where a line of the function's log goes: START, END, REPORT, and what the environments write.
  public typealias FunctionLog = @Sendable (String) -> Void

  /// What the host was told.
  public let configuration: EnvironmentHostConfiguration
  private let desk: HostDesk
  private let server: HTTPServer
  private let thread: NativeThread

  /// Starts the server and the environments that are wanted ahead of need.
  public init(
    _ configuration: EnvironmentHostConfiguration, logger: Logger, functionLog: @escaping FunctionLog
  ) throws {
    self.configuration = configuration
    let desk = HostDesk(
      configuration, supervisor: try ProcessSupervisor(configuration.launch), logger: logger, functionLog: functionLog)
    server = try HTTPServer(Self.serverConfiguration(configuration)) { desk.serve($0, $1) }
    self.desk = desk
    thread = try NativeThread(named: "environments") { desk.supervisor.run(desk) }
    desk.open(address: "127.0.0.1:\(server.port)")
  }

  /// A connection is silent for as long as a program runs or no work comes, so none is closed for silence.
  private static func serverConfiguration(_ configuration: EnvironmentHostConfiguration) -> HTTPServer.Configuration {
    var server = HTTPServer.Configuration()
    server.threads = 2
    server.idleTimeoutSeconds = 0
    server.connectionLimit = max(64, configuration.pool.limit * 4)
    server.bodyLimit = RuntimeAnswer.payloadLimit
    return server
  }

  /// Runs a payload in an environment and waits for the answer.
  func invoke(_ work: InvocationWork) -> (requestId: String, InvocationAnswer) {
    let invocation = desk.submit(work)
    return (invocation.requestId, invocation.wait())
  }

  /// Runs a payload in an environment; `work.whenDone` is told the answer.
  func begin(_ work: InvocationWork) { _ = desk.submit(work) }

  /// Lets the environment of a lease serve others.
  func end(_ lease: EnvironmentLease) { desk.end(lease) }

  /// Adds up what an invocation used and writes the function's log lines about its end.
  ///
  /// - Returns: those lines.
  @discardableResult
  func conclude(_ report: InvocationReport, in environment: EnvironmentView, programBytes: Int) -> [String] {
    desk.conclude(report, in: environment, programBytes: programBytes)
  }

  /// The environments and the counters at present.
  public var snapshot: HostSnapshot { desk.snapshot }

  /// Fails what still waits or runs, ends every environment and returns when the last process is gone; a second call
  /// does nothing.
  public func stop() {
    desk.shutDown()
    thread.join()
    server.stop()
  }

  deinit { stop() }
}
