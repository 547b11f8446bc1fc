import AWSBackends
import AWSServices
import EventDispatch
import JobBackends
import Logging
import Redis

/// What the environment tells the program.
struct Settings {
  private let environment: [String: String]

  init(_ environment: [String: String]) {
    self.environment = environment
  }

  /// The parts, put together; nothing is connected yet.
  func dispatcher() throws(SettingsError) -> EventDispatcher {
    var configuration = PlatformConfiguration()
    configuration.maximumReceives = try number("RCE_MAXIMUM_RECEIVES", 1...1_000, default: 3)
    configuration.jobLifetimeSeconds = try number("RCE_API_JOB_LIFETIME", 60...31_536_000, default: 86_400)
    let region = try required("AWS_REGION")
    let source = AWSCredentialSource(environment: environment)
    let client = { (service: String) in AWSClient(service: service, region: region, credentials: source) }
    let storage = try endpoint("s3", region)
    let pool = RedisPool(try redis())
    return EventDispatcher(
      queue: SQSJobQueue(
        SQS(client("sqs"), try endpoint("sqs", region), queueURL: try required("RCE_QUEUE_URL"))),
      statuses: RedisJobStatusStore(pool, configuration),
      codes: S3CodeStore(
        S3(client("s3"), storage, bucket: try required("RCE_CODE_BUCKET"), inPath: storage.isAnAddress),
        prefix: environment["RCE_CODE_PREFIX"] ?? "jobs/"),
      function: LambdaFunction(
        client("lambda"), try endpoint("lambda", region), name: try required("RCE_EXECUTOR_FUNCTION")),
      isolatesTenants: try isolation(), maximumReceives: configuration.maximumReceives,
      logger: Logger(label: "rce-dispatcher") { StreamLogHandler.standardError(label: $0) })
  }

  private func required(_ name: String) throws(SettingsError) -> String {
    guard let value = environment[name], !value.isEmpty else { throw SettingsError("\(name) is not set") }
    return value
  }

  private func number(
    _ name: String, _ range: ClosedRange<Int>, default standard: Int
  ) throws(SettingsError) -> Int {
    guard let text = environment[name] else { return standard }
    guard let number = Int(text), range.contains(number) else {
      throw SettingsError("\(name) must be from \(range.lowerBound) to \(range.upperBound), got '\(text)'")
    }
    return number
  }

  private func isolation() throws(SettingsError) -> Bool {
    let text = environment["RCE_TENANT_ISOLATION"] ?? "false"
    guard let value = Bool(text) else {
      throw SettingsError("RCE_TENANT_ISOLATION must be true or false, got '\(text)'")
    }
    return value
  }

  private func endpoint(_ service: String, _ region: String) throws(SettingsError) -> AWSEndpoint {
    do throws(AWSError) {
      return try AWSEndpoint(service: service, region: region, environment: environment)
    } catch {
      throw SettingsError(error.description)
    }
  }

  private func redis() throws(SettingsError) -> RedisAddress {
    let text = try required("RCE_REDIS_URL")
    do throws(RedisError) {
      return try RedisAddress(parsing: text)
    } catch {
      throw SettingsError("RCE_REDIS_URL: \(error)")
    }
  }
}

/// A variable that is missing or wrong.
struct SettingsError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
