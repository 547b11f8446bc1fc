import Curl
import Glibc
import HostSystem
import Jobs
import LambdaHost
import Logging

/// A host whose environments are real processes that only wait, while threads of the test speak to the Runtime API for
/// them.
///
/// A process tells its address on its output, which the host puts into the function's log, where this finds it.
final class ScriptedHost: Sendable {
  /// What a bootstrap does from its start on; it ends when its environment does.
  typealias Script = @Sendable (Bootstrap) throws -> Void

  let host: EnvironmentHost
  private let recorder: LogRecorder

  init(
    _ pool: PoolConfiguration = rules(), shell: String = "echo api=$AWS_LAMBDA_RUNTIME_API; exec sleep 600",
    ownDoors: Bool = false, script: @escaping Script = { try $0.echo() }
  ) throws {
    var launch = ExecutorLaunch(path: "/bin/sh", memoryMB: 512)
    launch.arguments = ["-c", shell]
    let recorder = LogRecorder(script)
    self.recorder = recorder
    var configuration = EnvironmentHostConfiguration(pool: pool, launch: launch)
    configuration.hasOwnDoors = ownDoors
    host = try EnvironmentHost(configuration, logger: .quiet, functionLog: { recorder.add($0) })
  }

  var invoker: PoolInvoker { PoolInvoker(host) }

  /// The function's log so far.
  var log: [String] { recorder.lines }

  /// Processes of environments at present.
  var processes: [Int32] { host.snapshot.environments.compactMap(\.processID) }

  /// Stops the host and waits for the bootstraps.
  func stop() {
    host.stop()
    recorder.join()
  }

  deinit { stop() }
}

/// Rules for a pool, some of them other than usual.
func rules(limit: Int = 2, _ adjust: (inout PoolConfiguration) -> Void = { _ in }) -> PoolConfiguration {
  var configuration = PoolConfiguration(limit: limit)
  adjust(&configuration)
  return configuration
}

extension Logger {
  /// Says nothing.
  static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Keeps the lines of the function's log, and starts a bootstrap for each address in it.
private final class LogRecorder: Sendable {
  private let state = Lock((lines: [String](), threads: [NativeThread]()))
  private let script: ScriptedHost.Script

  init(_ script: @escaping ScriptedHost.Script) {
    self.script = script
  }

  var lines: [String] { state.withLock { $0.lines } }

  func add(_ line: String) {
    state.withLock { state in
      state.lines.append(line)
      guard let mark = line.split(separator: " ").last, mark.hasPrefix("api=") else { return }
      let base = "http://\(mark.dropFirst(4))/2018-06-01/runtime"
      let thread = try? NativeThread(named: "bootstrap") { [script] in
        // Its end is the end of its environment, which the test looks at from the other side.
        if let bootstrap = try? Bootstrap(base) { try? script(bootstrap) }
      }
      if let thread { state.threads.append(thread) }
    }
  }

  func join() {
    let threads = state.withLock { $0.threads }
    for thread in threads { thread.join() }
  }
}

/// What a bootstrap of a function does, call by call.
final class Bootstrap {
  struct Work {
    var requestId: String
    var request: ExecutionRequest
    var answer: HTTPClientResponse
  }

  struct Ended: Error {
    var status: Int
  }

  let base: String
  let client: HTTPClient

  init(_ base: String) throws {
    self.base = base
    client = try HTTPClient()
  }

  func next() throws -> Work {
    let answer = try client.send(.init(url: base + "/invocation/next", timeoutMilliseconds: nil))
    guard answer.status == 200, let id = answer.header("lambda-runtime-aws-request-id") else {
      throw Ended(status: answer.status)
    }
    return Work(requestId: id, request: try decode(answer.body), answer: answer)
  }

  @discardableResult
  func respond(_ requestId: String, _ body: [UInt8]) throws -> Int {
    try post("/invocation/\(requestId)/response", body).status
  }

  @discardableResult
  func post(_ path: String, _ body: [UInt8], type: String? = nil) throws -> HTTPClientResponse {
    let headers = type.map { [("Lambda-Runtime-Function-Error-Type", $0)] } ?? []
    return try client.send(.init(method: "POST", url: base + path, headers: headers, body: body))
  }

  /// Answers every invocation with its code as the program's output, for ever.
  func echo() throws {
    while true {
      let work = try next()
      try respond(work.requestId, result(of: work.request))
    }
  }
}
