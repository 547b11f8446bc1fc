import AWSBackends
import ExecutionAPI
import Glibc
import HostSystem
import JobBackends
import Jobs
import LambdaRuntime
import Logging
import ServiceStart

/// The API as a function behind API Gateway, which the Runtime API hands its events.
enum GatewayFunction {
  /// Works until the Runtime API is gone; a start that fails is told to it.
  static func serve(_ api: String, _ variables: [String: String]) throws {
    let log = Logger.ofProgram("rce-api", level: .info)
    let loop = RuntimeLoop(try HTTPRuntimeTransport(runtimeAPI: api)) { log.warning("\($0)") }
    let service: GatewayService
    do throws(EnvironmentError) {
      service = try Self.service(try PlatformEnvironment(variables), log)
    } catch {
      try? loop.failInitialization(FunctionError(type: "API.Configuration", message: error.description))
      throw StartFailure(error.description, exitCode: StartFailure.usage)
    }
    try loop.run(while: { _ in true }) { invocation throws(FunctionError) in
      guard let answer = service.answer(invocation.payload) else {
        throw FunctionError(
          type: "API.UnknownEvent", message: "expected an event of API Gateway: a REST proxy event or payload 2.0")
      }
      return answer
    }
  }

  private static func service(
    _ environment: PlatformEnvironment, _ log: Logger
  ) throws(EnvironmentError) -> GatewayService {
    let platform = try environment.configuration()
    let queue = try environment.queue("RCE_QUEUE_URL")
    let dead =
      environment.text("RCE_DEAD_LETTER_QUEUE_URL") == nil
      ? nil : try environment.queue("RCE_DEAD_LETTER_QUEUE_URL")
    let redis = try environment.redis()
    let backends = APIBackends(
      intake: SQSJobIntake(redis, platform, queue), statuses: RedisJobStatusStore(redis, platform),
      code: try environment.codes(), queue: SQSJobQueue(queue, deadLetters: dead), log: log)
    return GatewayService(try api(environment), backends)
  }

  private static func api(_ environment: PlatformEnvironment) throws(EnvironmentError) -> APIConfiguration {
    var api = APIConfiguration(version: ProductVersion.text)
    api.bodyLimit = 1 << 20
    api.inlineCodeLimit = PlatformConfiguration().inlineCodeBytes
    api.longestWaitSeconds = try environment.number("RCE_API_MAX_WAIT", 0...20, default: 1)
    api.deepestQueue = try environment.number("RCE_API_MAX_QUEUE", 1...Int.max, default: 100_000)
    api.allowedOrigins = (environment.text("RCE_API_CORS_ORIGIN") ?? "").split(separator: ",")
      .map { $0.filter { $0 != " " } }
    return api
  }
}
