import Curl
import FoundationEssentials
import Glibc
import HostSystem

/// The endpoints that hand out a container's or an instance's credentials.
struct CredentialEndpoints: Sendable {
  let environment: [String: String]
  let containerBase: String

  /// A container's credentials (ECS, EKS Pod Identity); nil where no variable names its endpoint.
  func container() throws(AWSError) -> FoundCredentials? {
    var url = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"].map { containerBase + $0 }
    if url == nil { url = try full() }
    guard let url else { return nil }
    let headers = try token().map { [("Authorization", $0)] } ?? []
    let place = "the container's endpoint of credentials"
    switch get(url, headers) {
    case .answered(200, let body): return try Self.read(body, place)
    case .answered(let status, _):
      throw AWSError(.credentials, "\(place) answered \(status); check the task's role and its token")
    case .silent: throw AWSError(.credentials, "\(place) does not answer")
    }
  }

  /// An instance's credentials by its role (IMDSv2); nil where this is no instance.
  func instance() throws(AWSError) -> FoundCredentials? {
    guard environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() != "true" else { return nil }
    let base = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? "http://169.254.169.254"
    let age = [("X-aws-ec2-metadata-token-ttl-seconds", "21600")]
    guard case .answered(200, let token) = get("\(base)/latest/api/token", age, method: "PUT") else { return nil }
    let headers = [("X-aws-ec2-metadata-token", String(decoding: token, as: UTF8.self))]
    let place = "\(base)/latest/meta-data/iam/security-credentials/"
    guard case .answered(200, let roles) = get(place, headers),
      let role = String(decoding: roles, as: UTF8.self).split(whereSeparator: \.isNewline).first,
      case .answered(200, let body) = get(place + role, headers)
    else { throw AWSError(.credentials, "this instance has no role with credentials") }
    return try Self.read(body, "the instance's endpoint of credentials")
  }

  /// A whole URL; without TLS it must be this machine's or the container service's, because a token is sent there.
  private func full() throws(AWSError) -> String? {
    guard let url = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] else { return nil }
    guard let endpoint = AWSEndpoint(url) else {
      throw AWSError(.credentials, "AWS_CONTAINER_CREDENTIALS_FULL_URI is no http or https URL")
    }
    let host =
      endpoint.host.hasPrefix("[") ? endpoint.host.prefix { $0 != "]" }.dropFirst() : endpoint.host.prefix { $0 != ":" }
    let near = ["localhost", "::1", "169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(host)
    guard endpoint.base.hasPrefix("https://") || near || Self.isLoopback(host) else {
      throw AWSError(
        .credentials, "AWS_CONTAINER_CREDENTIALS_FULL_URI names another machine without TLS; use https")
    }
    return url
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return parts.count == 4 && parts.first == 127 && !parts.contains(nil)
  }

  /// The container's token; a file is read each time, since it is replaced before it ends.
  private func token() throws(AWSError) -> String? {
    var token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    if let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
      guard let text = CredentialsFile.read(path) else {
        throw AWSError(.credentials, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE is \(path), which cannot be read")
      }
      token = text.split(whereSeparator: \.isNewline).first.map(String.init)
    }
    guard token?.contains(where: \.isNewline) != true else {
      throw AWSError(.credentials, "AWS_CONTAINER_AUTHORIZATION_TOKEN has more than one line")
    }
    return token
  }

  private enum Answer {
    case answered(_ status: Int, _ body: [UInt8])
    case silent
  }

  /// Asks, and once more where nothing or a trouble of the endpoint's own came back.
  private func get(_ url: String, _ headers: [(String, String)], method: String = "GET") -> Answer {
    let request = HTTPClientRequest(
      method: method, url: url, headers: headers, timeoutMilliseconds: 2_000, connectMilliseconds: 1_000)
    var answer = Answer.silent
    for _ in 0..<2 {
      guard let got = try? HTTPClient().send(request) else { continue }
      answer = .answered(got.status, got.body)
      if got.status < 500 { break }
    }
    return answer
  }

  private struct Keys: Decodable {
    var AccessKeyId: String
    var SecretAccessKey: String
    var Token: String?
    var Expiration: String?
  }

  private static func read(_ bytes: [UInt8], _ place: String) throws(AWSError) -> FoundCredentials {
    guard let keys = try? JSONDecoder().decode(Keys.self, from: Data(bytes)) else {
      throw AWSError(.unreadable, "\(place) answered with something that is no set of credentials")
    }
    let expires = keys.Expiration.flatMap { try? Date($0, strategy: .iso8601) }
    return FoundCredentials(
      credentials: AWSCredentials(
        accessKeyID: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey, sessionToken: keys.Token),
      expires: expires.map { Int64($0.timeIntervalSince1970) })
  }
}
