package import AWSServices
package import JobBackends
package import Redis

/// What a function of the platform is told by its environment, and the parts made of it; nothing is connected yet.
package struct PlatformEnvironment: Sendable {
  private let variables: [String: String]
  private let region: String
  private let source: AWSCredentialSource

  /// An environment by its variables' names.
  package init(_ variables: [String: String]) throws(EnvironmentError) {
    self.variables = variables
    source = AWSCredentialSource(environment: variables)
    guard let region = variables["AWS_REGION"], !region.isEmpty else { throw EnvironmentError("AWS_REGION is not set") }
    self.region = region
  }

  /// A variable that must be there.
  package func required(_ name: String) throws(EnvironmentError) -> String {
    guard let value = variables[name], !value.isEmpty else { throw EnvironmentError("\(name) is not set") }
    return value
  }

  /// A variable that may be absent.
  package func text(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// A whole number.
  package func number(
    _ name: String, _ range: ClosedRange<Int>, default standard: Int
  ) throws(EnvironmentError) -> Int {
    guard let text = text(name) else { return standard }
    guard let number = Int(text), range.contains(number) else {
      throw EnvironmentError("\(name) must be from \(range.lowerBound) to \(range.upperBound), got '\(text)'")
    }
    return number
  }

  /// `true` or `false`; false where it is absent.
  package func flag(_ name: String) throws(EnvironmentError) -> Bool {
    guard let text = text(name) else { return false }
    guard let value = Bool(text) else { throw EnvironmentError("\(name) must be true or false, got '\(text)'") }
    return value
  }

  /// Names, lifetimes and limits that the functions share.
  package func configuration() throws(EnvironmentError) -> PlatformConfiguration {
    var configuration = PlatformConfiguration()
    configuration.maximumReceives = try number("RCE_MAXIMUM_RECEIVES", 1...1_000, default: 3)
    configuration.jobLifetimeSeconds = try number("RCE_API_JOB_LIFETIME", 60...31_536_000, default: 86_400)
    return configuration
  }

  /// The queue whose URL a variable has.
  package func queue(_ name: String) throws(EnvironmentError) -> SQS {
    let url = try required(name)
    if let other = Self.region(ofQueue: url), other != region {
      throw EnvironmentError("\(name) is a queue in the region \(other), but AWS_REGION is \(region)")
    }
    return SQS(client("sqs"), try endpoint("sqs"), queueURL: url)
  }

  /// The region in a URL such as `https://sqs.us-east-1.amazonaws.com/123456789012/jobs`; nil for other hosts.
  private static func region(ofQueue url: String) -> String? {
    guard let host = AWSEndpoint(url)?.host.split(separator: "."), host.count >= 4, host[0] == "sqs",
      host[2] == "amazonaws"
    else { return nil }
    return String(host[1])
  }

  /// Where source texts are kept.
  package func codes() throws(EnvironmentError) -> S3CodeStore {
    let place = try endpoint("s3")
    let bucket = S3(client("s3"), place, bucket: try required("RCE_CODE_BUCKET"), inPath: place.isAnAddress)
    return S3CodeStore(bucket, prefix: text("RCE_CODE_PREFIX") ?? "jobs/")
  }

  /// The function that runs programs.
  package func executor() throws(EnvironmentError) -> LambdaFunction {
    LambdaFunction(client("lambda"), try endpoint("lambda"), name: try required("RCE_EXECUTOR_FUNCTION"))
  }

  /// Connections to the store of statuses; nothing that is said of a wrong URL shows its password.
  package func redis() throws(EnvironmentError) -> RedisPool {
    let text = try required("RCE_REDIS_URL")
    do throws(RedisError) {
      return RedisPool(try RedisAddress(parsing: text))
    } catch {
      throw EnvironmentError("RCE_REDIS_URL: \(error)")
    }
  }

  private func client(_ service: String) -> AWSClient {
    AWSClient(service: service, region: region, credentials: source, authorities: text("AWS_CA_BUNDLE"))
  }

  private func endpoint(_ service: String) throws(EnvironmentError) -> AWSEndpoint {
    do throws(AWSError) {
      return try AWSEndpoint(service: service, region: region, environment: variables)
    } catch {
      throw EnvironmentError(error.description)
    }
  }
}

/// A variable that is missing or wrong.
package struct EnvironmentError: Error, CustomStringConvertible {
  /// The sentence for a person.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
