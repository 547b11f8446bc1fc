import Curl
import FoundationEssentials
import Glibc
import HostSystem

/// Finds credentials where AWS's own tools do, and finds them anew before they expire.
///
/// In this order: the environment, the shared file's profile, the container's endpoint, the instance's endpoint
/// (IMDSv2).
package final class AWSCredentialSource: Sendable {
  private let environment: [String: String]
  private let cached = Lock<Found?>(nil)

  private struct Found: Sendable {
    var credentials: AWSCredentials
    /// Seconds since 1970; nil never ends.
    var expires: Int64?
  }

  /// A source that reads these variables.
  package init(environment: [String: String]) {
    self.environment = environment
  }

  /// Credentials that are good for five more minutes where that can be had.
  package func current() throws(AWSError) -> AWSCredentials {
    let now = WallClock.milliseconds / 1_000
    if let found = cached.withLock({ $0 }), found.expires.map({ $0 - 300 > now }) ?? true { return found.credentials }
    let found = try find()
    cached.withLock { $0 = found }
    return found.credentials
  }

  private func find() throws(AWSError) -> Found {
    if let found = fromEnvironment() { return found }
    if let found = try fromFile() { return found }
    if let found = try fromContainer() { return found }
    if let found = try fromInstance() { return found }
    throw AWSError(
      .credentials,
      "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a profile of "
        + "~/.aws/credentials")
  }

  private func fromEnvironment() -> Found? {
    guard let id = environment["AWS_ACCESS_KEY_ID"], let secret = environment["AWS_SECRET_ACCESS_KEY"], !id.isEmpty
    else { return nil }
    let token = environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    return Found(credentials: AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
  }

  private func fromFile() throws(AWSError) -> Found? {
    let home = environment["HOME"] ?? ""
    let path = environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "\(home)/.aws/credentials"
    let profile = environment["AWS_PROFILE"] ?? "default"
    guard let file = try? FileDescriptor.open(path, O_RDONLY), let bytes = try? file.readAll() else {
      if environment["AWS_PROFILE"] != nil {
        throw AWSError(.credentials, "AWS_PROFILE is \(profile), but \(path) cannot be read")
      }
      return nil
    }
    let fields = CredentialsFile.fields(of: profile, in: String(decoding: bytes, as: UTF8.self))
    guard let id = fields["aws_access_key_id"], let secret = fields["aws_secret_access_key"] else {
      if environment["AWS_PROFILE"] != nil {
        throw AWSError(.credentials, "\(path) has no access key and secret for the profile \(profile)")
      }
      return nil
    }
    return Found(
      credentials: AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: fields["aws_session_token"]))
  }

  private func fromContainer() throws(AWSError) -> Found? {
    let url =
      environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"].map { "http://169.254.170.2\($0)" }
      ?? environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
    guard let url else { return nil }
    let headers = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"].map { [("Authorization", $0)] } ?? []
    guard let bytes = get(url, headers) else {
      throw AWSError(.credentials, "the container's endpoint of credentials does not answer")
    }
    return try Self.read(bytes, "the container's endpoint")
  }

  private func fromInstance() throws(AWSError) -> Found? {
    guard environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() != "true" else { return nil }
    let base = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? "http://169.254.169.254"
    let age = [("X-aws-ec2-metadata-token-ttl-seconds", "21600")]
    guard let token = get("\(base)/latest/api/token", age, method: "PUT") else { return nil }
    let headers = [("X-aws-ec2-metadata-token", String(decoding: token, as: UTF8.self))]
    let place = "\(base)/latest/meta-data/iam/security-credentials/"
    guard let roles = get(place, headers),
      let role = String(decoding: roles, as: UTF8.self).split(whereSeparator: \.isNewline).first,
      let bytes = get(place + role, headers)
    else { throw AWSError(.credentials, "this instance has no role with credentials") }
    return try Self.read(bytes, "the instance's endpoint")
  }

  private func get(_ url: String, _ headers: [(String, String)], method: String = "GET") -> [UInt8]? {
    let request = HTTPClientRequest(
      method: method, url: url, headers: headers, timeoutMilliseconds: 2_000, connectMilliseconds: 1_000)
    guard let answer = try? HTTPClient().send(request), answer.status == 200 else { return nil }
    return answer.body
  }

  private struct Answer: Decodable {
    var AccessKeyId: String
    var SecretAccessKey: String
    var Token: String?
    var Expiration: String?
  }

  private static func read(_ bytes: [UInt8], _ place: String) throws(AWSError) -> Found {
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)) else {
      throw AWSError(.unreadable, "\(place) answered with something that is no set of credentials")
    }
    let expires = answer.Expiration.flatMap { try? Date($0, strategy: .iso8601) }
    return Found(
      credentials: AWSCredentials(
        accessKeyID: answer.AccessKeyId, secretAccessKey: answer.SecretAccessKey, sessionToken: answer.Token),
      expires: expires.map { Int64($0.timeIntervalSince1970) })
  }
}

/// The shared file of credentials: sections `[profile]` of lines `name = value`.
enum CredentialsFile {
  static func fields(of profile: String, in text: String) -> [String: String] {
    var section = ""
    var fields: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.trimmed
      if line.hasPrefix("[") {
        section = String(line.dropFirst().prefix { $0 != "]" })
      } else if section == profile, !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") {
        fields[String(line[..<equals].trimmed)] = String(line[line.index(after: equals)...].trimmed)
      }
    }
    return fields
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? start
  }
}
