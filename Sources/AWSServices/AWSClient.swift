import Curl
import Glibc
import HostSystem
import TLS

/// Sends signed requests to one service, and repeats those that may succeed later; safe from any number of threads.
///
/// Connections are kept and lent to one thread at a time.
package final class AWSClient: Sendable {
  private let region: String
  private let service: String
  private let credentials: AWSCredentialSource
  private let retries: RetryPolicy
  private let connection: ConnectionSettings
  private let budget = Lock(RetryBudget())
  private let idle = Lock<[Loan]>([])
  private let sent = Lock(0)

  private final class Loan: @unchecked Sendable {
    // Proof of sendability: a loan is either in the idle list, under the lock, or with the one thread that took it.
    let client: HTTPClient

    init(_ connection: ConnectionSettings) throws(CurlError) { client = try HTTPClient(connection) }
  }

  /// A client of a service; no connection is made yet.
  ///
  /// - Parameter authorities: a file of certificates (PEM) that are trusted in place of the system's.
  package init(
    service: String, region: String, credentials: AWSCredentialSource, retries: RetryPolicy = .init(),
    authorities: String? = nil
  ) {
    self.service = service
    self.region = region
    self.credentials = credentials
    self.retries = retries
    // libcurl knows the place of the system that it was built on, and a function's may be another.
    connection = ConnectionSettings(caFile: authorities ?? CertificateFiles.bundle)
  }

  /// Requests that were sent, repetitions included: what is billed.
  package var requests: Int { sent.withLock { $0 } }

  /// Sends a request and returns the answer, whose status is below 300.
  ///
  /// - Parameters:
  ///   - task: what the call does, for the error's text: "cannot TASK: ...".
  ///   - repeatsLost: whether a call may be repeated that was sent and not answered.
  func send(
    _ request: AWSRequest, to endpoint: AWSEndpoint, _ task: String, timeoutMilliseconds: Int = 10_000,
    repeatsLost: Bool = true
  ) throws(AWSError) -> HTTPClientResponse {
    var failures = 0
    var hasRenewed = false
    while true {
      do throws(AWSError) {
        let answer = try sendOnce(request, to: endpoint, task, timeoutMilliseconds)
        budget.withLock { $0.succeeded(afterFailures: failures) }
        return answer
      } catch {
        // Somebody may have logged in again meanwhile, or an endpoint has new ones.
        if error.saysExpired, !hasRenewed {
          hasRenewed = true
          credentials.forget()
          continue
        }
        failures += 1
        let isLost = error.kind == .unreachable && error.code == "lost"
        guard error.isTransient, failures < retries.tries, repeatsLost || !isLost, budget.withLock({ $0.take() })
        else { throw error.afterTries(failures) }
        usleep(UInt32(retries.pause(afterFailures: failures, fraction: .random(in: 0..<1)) * 1_000))
      }
    }
  }

  private func sendOnce(
    _ request: AWSRequest, to endpoint: AWSEndpoint, _ task: String, _ timeout: Int
  ) throws(AWSError) -> HTTPClientResponse {
    let signer = SignatureV4(try credentials.current(), region: region, service: service)
    let headers = signer.headers(for: request, host: endpoint.host, at: WallClock.milliseconds / 1_000)
    let query = request.sentQuery
    sent.withLock { $0 += 1 }
    let answer = try transfer(
      HTTPClientRequest(
        method: request.method, url: endpoint.base + request.sentPath + (query.isEmpty ? "" : "?\(query)"),
        headers: headers.map { ($0.name, $0.value) }, body: request.body, timeoutMilliseconds: timeout,
        connectMilliseconds: 3_000), "\(task) at \(endpoint.host)")
    guard answer.status < 300 else {
      throw AWSError(
        task, status: answer.status, body: answer.body, errorType: answer.header("x-amzn-errortype"),
        region: answer.header("x-amz-bucket-region"))
    }
    return answer
  }

  private func transfer(_ request: HTTPClientRequest, _ task: String) throws(AWSError) -> HTTPClientResponse {
    do throws(CurlError) {
      let loan: Loan
      if let kept = idle.withLock({ $0.popLast() }) { loan = kept } else { loan = try Loan(connection) }
      let answer = try loan.client.send(request)
      idle.withLock { $0.append(loan) }
      return answer
    } catch {
      throw AWSError(.unreachable, code: error.operation == "connect" ? "" : "lost", "cannot \(task): \(error.reason)")
    }
  }
}
