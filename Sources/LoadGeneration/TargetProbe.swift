import Curl
import FoundationEssentials
import HostSystem
import RunRecords
import Scenarios

/// Asks a target how it is, before and after a run.
struct TargetProbe {
  private let target: Target
  private let client: HTTPClient

  init(_ target: Target) throws(TargetError) {
    self.target = target
    do {
      client = try HTTPClient(target.connection)
    } catch {
      throw TargetError(description: "cannot start an HTTP client: \(error)")
    }
  }

  /// What the platform says of itself; one that says nothing answers something else, which will do.
  struct Health: Decodable {
    var version: String?
    /// The platform's clock in microseconds since 1970.
    var nowMicroseconds: Int64?
    /// The version of HTTP in which it said so.
    var httpVersion: String?

    private enum CodingKeys: CodingKey { case version, nowMicroseconds }
  }

  /// Makes sure that something answers.
  func check() throws(TargetError) -> Health {
    let response: HTTPClientResponse
    do {
      (response, _) = try ask()
    } catch {
      throw unreachable(error)
    }
    guard target.http.version != .http2 || response.httpVersion == "2" else {
      throw TargetError(
        description: "\(target.displayURL) does not speak HTTP/2: it chose HTTP/\(response.httpVersion); set "
          + "target.http.version to auto")
    }
    var health = Self.health(response)
    health.httpVersion = response.httpVersion.isEmpty ? nil : response.httpVersion
    return health
  }

  private func unreachable(_ error: CurlError) -> TargetError {
    let place = target.secrets.redacting(target.displayURL + target.dialect.healthPath)
    // Without the certificate that it asks for, a server of TLS 1.3 breaks the connection off after the handshake.
    guard error.isAboutTLS || target.baseURL.hasPrefix("https:") else {
      return TargetError(
        description: "cannot reach \(place): \(error.label); is the platform running there, and is the URL right?")
    }
    // What libcurl says of a certificate names hosts and files, and no header.
    let detail = target.secrets.redacting(error.detail.isEmpty ? error.reason : error.detail)
    return TargetError(
      description: "cannot reach \(place): \(error.label) (\(detail)); is the platform running there, and are "
        + "ca_file, client_cert and client_key of target.tls right?")
  }

  private static func health(_ response: HTTPClientResponse) -> Health {
    (try? JSONDecoder().decode(Health.self, from: Data(response.body))) ?? Health()
  }

  /// The difference of the clocks: none on one machine; elsewhere from the quickest of several round trips.
  ///
  /// The platform's reading was taken somewhere within the round trip, so that half of it bounds the error.
  func clockOffset(origin: RunOrigin) -> ClockOffset? {
    guard !target.isOnThisMachine else {
      let anchor = ClockAnchor.now()
      let drift = origin.drift(at: anchor).magnitude
      return ClockOffset(
        microseconds: 0, errorBoundMicroseconds: Int64(drift) + anchor.uncertainty / 1_000 + 1)
    }
    let samples = (0..<10).compactMap { _ in sample() }
    return samples.min { $0.errorBoundMicroseconds < $1.errorBoundMicroseconds }
  }

  private func sample() -> ClockOffset? {
    let before = ClockAnchor.now()
    guard let (response, times) = try? ask(), let remote = Self.health(response).nowMicroseconds else { return nil }
    let trip = (times.done - times.started) / 1_000
    let middle = before.wallMicroseconds + ((times.started - before.monotonic) / 1_000) + trip / 2
    return ClockOffset(microseconds: middle - remote, errorBoundMicroseconds: trip / 2 + 1)
  }

  private func ask() throws(CurlError) -> (HTTPClientResponse, (started: MonotonicInstant, done: MonotonicInstant)) {
    let timeout = (target.http.connectTimeout + target.http.requestTimeout).inNanoseconds / 1_000_000
    let started = MonotonicInstant.now
    let response = try client.send(
      HTTPClientRequest(
        url: target.baseURL + target.dialect.healthPath, headers: target.headers.map { ($0.name, $0.value) },
        timeoutMilliseconds: Int(timeout),
        connectMilliseconds: Int(target.http.connectTimeout.inNanoseconds / 1_000_000)))
    return (response, (started, .now))
  }
}
