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
      client = try HTTPClient()
    } catch {
      throw TargetError(description: "cannot start an HTTP client: \(error)")
    }
  }

  /// What the platform says of itself; one that says nothing answers something else, which will do.
  struct Health: Decodable {
    var version: String?
    /// The platform's clock in microseconds since 1970.
    var nowMicroseconds: Int64?
  }

  /// Makes sure that something answers.
  func check() throws(TargetError) -> Health {
    do {
      let (response, _) = try ask()
      return Self.health(response)
    } catch {
      throw TargetError(
        description:
          "cannot reach \(target.displayURL)\(target.dialect.healthPath): \(error.label); is the platform running there, and is "
          + "the URL right?")
    }
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
        timeoutMilliseconds: Int(timeout)))
    return (response, (started, .now))
  }
}
