import AWSBackends
import EventDispatch
import Glibc
import HostSystem
import JobBackends
import LambdaRuntime
import Logging

/// `rce-dispatcher`: a function on a queue's messages, which has others run the programs.
@main
struct Program {
  static func main() {
    let environment = ProcessEnvironment.byName
    guard let api = environment["AWS_LAMBDA_RUNTIME_API"] else {
      report("AWS_LAMBDA_RUNTIME_API is not set: it is a function of Lambda, started by its runtime")
      exit(2)
    }
    do {
      try serve(api, environment)
    } catch {
      report("\(error)")
      exit(1)
    }
  }

  private static func serve(_ api: String, _ environment: [String: String]) throws {
    let loop = RuntimeLoop(try HTTPRuntimeTransport(runtimeAPI: api), report: report)
    let dispatcher: EventDispatcher
    do throws(EnvironmentError) {
      dispatcher = try Self.dispatcher(try PlatformEnvironment(environment))
    } catch {
      try? loop.failInitialization(FunctionError(type: "Dispatcher.Configuration", message: error.description))
      throw error
    }
    try loop.run(while: { _ in true }) { invocation throws(FunctionError) in
      guard let event = SQSEvent(invocation.payload) else {
        throw FunctionError(
          type: "Dispatcher.UnknownEvent", message: "expected an event of SQS: an object with a list Records")
      }
      return dispatcher.dispatch(event, deadline: invocation.deadline).bytes
    }
  }

  private static func dispatcher(_ environment: PlatformEnvironment) throws(EnvironmentError) -> EventDispatcher {
    let configuration = try environment.configuration()
    let logger = Logger(label: "rce-dispatcher") { StreamLogHandler.standardError(label: $0) }
    return EventDispatcher(
      queue: SQSJobQueue(try environment.queue("RCE_QUEUE_URL")),
      statuses: RedisJobStatusStore(try environment.redis(), configuration), codes: try environment.codes(),
      function: try environment.executor(), isolatesTenants: try environment.flag("RCE_TENANT_ISOLATION"),
      maximumReceives: configuration.maximumReceives, logger: logger)
  }

  private static func report(_ line: String) {
    let bytes = Array("rce-dispatcher: \(line)\n".utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
