import Curl

/// Where a service answers.
package struct AWSEndpoint: Sendable, Hashable {
  /// Scheme and authority, without a slash at the end.
  package let base: String
  /// Host, and port where it is not the scheme's: what the Host header says.
  package let host: String

  /// An endpoint from a URL; what follows the authority is left out, nil for what is no http or https URL.
  package init?(_ url: String) {
    guard let mark = url.firstRange(of: "://"), ["http", "https"].contains(String(url[..<mark.lowerBound])) else {
      return nil
    }
    let authority = url[mark.upperBound...].prefix { !"/?#".contains($0) }
    guard !authority.isEmpty, !authority.contains("@") else { return nil }
    base = "\(url[..<mark.upperBound])\(authority)"
    host = String(authority)
  }

  /// The place that the environment names, or the service's own in a region.
  ///
  /// `AWS_ENDPOINT_URL_<SERVICE>` goes before `AWS_ENDPOINT_URL`, as in AWS's own tools.
  package init(service: String, region: String, environment: [String: String]) throws(AWSError) {
    let name = service.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    let key = name == "LOGS" ? "CLOUDWATCH_LOGS" : name
    for variable in ["AWS_ENDPOINT_URL_\(key)", "AWS_ENDPOINT_URL"] {
      guard let url = environment[variable], !url.isEmpty else { continue }
      guard let endpoint = Self(url) else {
        throw AWSError(.rejected, "\(variable) is no URL: expected http://HOST:PORT or https://HOST")
      }
      self = endpoint
      return
    }
    base = "https://\(service).\(region).amazonaws.com"
    host = "\(service).\(region).amazonaws.com"
  }

  /// The host is an IPv4 address or `localhost`, before which no bucket's name can be put.
  package var isAnAddress: Bool {
    let name = host.prefix { $0 != ":" }
    return name == "localhost" || name.allSatisfy { $0.isNumber || $0 == "." }
  }

  /// The same place under a name before it, as S3's buckets have.
  func prefixed(_ name: String) -> Self? {
    guard let mark = base.firstRange(of: "://") else { return nil }
    return Self("\(base[..<mark.upperBound])\(name).\(host)")
  }
}
