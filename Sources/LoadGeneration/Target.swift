import Glibc
public import Scenarios

/// Where a run's load goes.
public struct Target: Sendable {
  /// The URL that `/execute` is appended to; it may hold a password.
  public let baseURL: String
  /// How the platform is spoken to.
  package let dialect: any TargetDialect
  /// Headers sent with every request.
  public let headers: [HTTPHeader]
  /// How connections are made and kept.
  public let http: HTTPSettings
  /// What happens to a submission that is refused.
  public let retry: RetryPolicy?
  /// The platform runs on this machine, so that its clock is ours.
  public let isOnThisMachine: Bool

  /// A target; headers, connections and retries are as the scenario says.
  ///
  /// - Parameters:
  ///   - baseURL: the URL, which for a local stack is only known once it runs.
  ///   - specification: the scenario's words.
  public init(baseURL: String, _ specification: TargetSpecification) {
    self.init(
      baseURL: baseURL, specification,
      isOnThisMachine: Self.host(of: baseURL).map(LocalAddresses.include) ?? false)
  }

  package init(baseURL: String, _ specification: TargetSpecification, isOnThisMachine: Bool) {
    self.isOnThisMachine = isOnThisMachine
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    dialect = RceDialect()
    headers = specification.headers
    http = specification.http
    retry = specification.retry
  }

  /// The URL without a user's name and password.
  public var displayURL: String {
    guard let scheme = baseURL.firstRange(of: "://"), let at = Self.authority(of: baseURL)?.lastIndex(of: "@") else {
      return baseURL
    }
    return baseURL[..<scheme.upperBound] + "***" + baseURL[at...]
  }

  private static func authority(of url: String) -> Substring? {
    url.firstRange(of: "://").map { url[$0.upperBound...].prefix { !"/?#".contains($0) } }
  }

  /// The host of a URL, without brackets where it is an IPv6 address.
  package static func host(of url: String) -> String? {
    guard let authority = authority(of: url) else { return nil }
    let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    if place.first == "[" { return place.dropFirst().firstIndex(of: "]").map { String(place.dropFirst()[..<$0]) } }
    return String(place.prefix { $0 != ":" })
  }
}
