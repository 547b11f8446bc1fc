import Digests
import Glibc

/// Signs requests by AWS Signature Version 4, header form ("Create a signed AWS API request", IAM user guide).
///
/// A pure function of request, credentials and time. libcurl has one of its own, but that of Debian 12 signs escaped
/// queries wrongly and leaves out a header that S3 asks for.
package struct SignatureV4: Sendable {
  private let credentials: AWSCredentials
  private let region: String
  private let service: String

  /// A signer for one service in one region.
  package init(_ credentials: AWSCredentials, region: String, service: String) {
    self.credentials = credentials
    self.region = region
    self.service = service
  }

  /// The header fields to send: the request's own, those that signing adds, and `Authorization` last.
  ///
  /// - Parameters:
  ///   - host: host, and port where it is not the scheme's.
  ///   - time: seconds since 1970.
  package func headers(for request: AWSRequest, host: String, at time: Int64) -> [(name: String, value: String)] {
    let stamp = Self.stamp(time)
    var headers = request.headers
    headers.append((name: "x-amz-date", value: stamp))
    if let token = credentials.sessionToken { headers.append((name: "x-amz-security-token", value: token)) }
    if service == "s3" {
      headers.append((name: "x-amz-content-sha256", value: SHA256.hexadecimal(of: request.body)))
    }
    let signed = Self.canonical(headers + [(name: "host", value: host)])
    let names = signed.map(\.name).joined(separator: ";")
    let scope = "\(stamp.prefix(8))/\(region)/\(service)/aws4_request"
    let text = """
      AWS4-HMAC-SHA256
      \(stamp)
      \(scope)
      \(SHA256.hexadecimal(of: Array(canonicalRequest(request, signed, names).utf8)))
      """
    let signature = SHA256.hexadecimal(digest: SHA256.authenticationCode(key: key(stamp.prefix(8)), Array(text.utf8)))
    let value =
      "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
    return headers + [(name: "Authorization", value: value)]
  }

  private func canonicalRequest(
    _ request: AWSRequest, _ headers: [(name: String, value: String)], _ names: String
  ) -> String {
    // S3 signs the path as it is sent; every other service signs it escaped once more.
    let path = service == "s3" ? request.sentPath : PercentEncoding.encode(request.sentPath, keepingSlashes: true)
    let lines = headers.map { "\($0.name):\($0.value)\n" }.joined()
    return [
      request.method, path, request.sentQuery, lines, names, SHA256.hexadecimal(of: request.body),
    ].joined(separator: "\n")
  }

  private func key(_ day: Substring) -> [UInt8] {
    [String(day), region, service, "aws4_request"].reduce(Array("AWS4\(credentials.secretAccessKey)".utf8)) {
      SHA256.authenticationCode(key: $0, Array($1.utf8))
    }
  }

  /// Names in lower case and sorted, values of one name joined, runs of spaces made one.
  private static func canonical(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
    var values: [String: [String]] = [:]
    for header in headers {
      let value = header.value.split(separator: " ").joined(separator: " ")
      values[header.name.lowercased(), default: []].append(value)
    }
    return values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value.joined(separator: ",")) }
  }

  /// A time as `20150830T123600Z`.
  private static func stamp(_ seconds: Int64) -> String {
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    let pad = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1_900)\(pad(parts.tm_mon + 1))\(pad(parts.tm_mday))T"
      + "\(pad(parts.tm_hour))\(pad(parts.tm_min))\(pad(parts.tm_sec))Z"
  }
}
