import FoundationEssentials
public import Glibc
import HostSystem
public import Redis

/// A real redis-server for one test: its own directory, its own socket, gone when the last reference goes.
public final class RedisServer: Sendable {
  /// Where the data, the log and the socket are.
  public let directory: TemporaryDirectory
  /// The socket in the directory.
  public var address: RedisAddress { .unix(path: "\(directory.path)/redis.sock") }
  /// The loopback port, where one was asked for.
  public let tcpAddress: RedisAddress?

  private let program: String
  private let arguments: [String]
  private let process = Lock<OwnedProcess?>(nil)

  /// Starts a server and waits until it answers.
  ///
  /// - Parameters:
  ///   - appendOnly: every write is in the append-only file before it is answered, and survives `stop(by: SIGKILL)`.
  ///   - tcp: listen on a free loopback port too.
  ///   - options: more arguments of redis-server, for example `["--maxmemory", "2mb"]`.
  public init(appendOnly: Bool = false, tcp: Bool = false, options: [String] = []) throws {
    directory = try TemporaryDirectory(named: "rce-redis")
    program = try ProgramPath.find("redis-server", package: "redis-server")
    let port = tcp ? try LoopbackPort.free() : 0
    tcpAddress = tcp ? .tcp(host: "127.0.0.1", port: port) : nil
    arguments =
      [
        "--port", "\(port)", "--bind", "127.0.0.1", "--unixsocket", "\(directory.path)/redis.sock",
        "--dir", directory.path, "--logfile", "\(directory.path)/redis.log", "--daemonize", "no", "--save", "",
        "--appendonly", appendOnly ? "yes" : "no", "--appendfsync", appendOnly ? "always" : "no",
      ] + options
    try start()
  }

  // Before the directory goes: a running server would write into it.
  deinit { stop(by: SIGKILL) }

  /// Starts the server again on the same data, on the same addresses.
  public func start() throws {
    let process = try OwnedProcess(ProcessRequest(program, arguments, environment: ["LC_ALL=C.UTF-8"]))
    self.process.withLock { $0 = process }
    let deadline = MonotonicInstant.now + 10_000_000_000
    while !isAnswering {
      guard !process.hasEnded(within: 2), MonotonicInstant.now < deadline else {
        throw ServiceError("redis-server does not answer at \(address); its log says:\n\(log)")
      }
    }
  }

  /// Ends the server and waits for its end; SIGTERM lets it save, SIGKILL does not.
  public func stop(by signal: Int32 = SIGTERM) {
    process.withLock { $0.take() }?.end(by: signal)
  }

  /// Stops the server in its tracks, as a machine that hangs: connections stay, answers do not come.
  public func freeze() {
    process.withLock { $0 }?.signal(SIGSTOP)
  }

  /// Ends a freeze.
  public func thaw() {
    process.withLock { $0 }?.signal(SIGCONT)
  }

  /// Sends one command on a connection of its own.
  @discardableResult
  public func send(_ command: [RedisArgument]) throws(RedisError) -> RedisReply {
    var connection = try RedisConnection(to: address)
    return try connection.send(command)
  }

  /// What the server has logged.
  public var log: String {
    (try? Data(contentsOf: URL(filePath: "\(directory.path)/redis.log"))).map { String(decoding: $0, as: UTF8.self) }
      ?? ""
  }

  private var isAnswering: Bool {
    (try? send(["PING"])) == .status("PONG")
  }
}
