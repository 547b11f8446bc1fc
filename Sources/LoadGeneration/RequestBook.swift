import Curl
import Jobs
import Scenarios

/// Every request that a run sends, prepared once: a submission's bytes never change from one job to the next.
final class RequestBook {
  let dialect: any TargetDialect
  private let baseURL: String
  private let submissions: [(url: String, body: SharedBody)]
  private let submissionMethod: String
  private let submissionHeaders: SharedHeaders
  private let statusMethod: String
  private let statusHeaders: SharedHeaders
  private let statusBody: SharedBody?
  private let timeout: Int
  private let submissionTimeout: Int
  /// Bytes that a submission has beside its body, once an answered one has told.
  private var overhead: Int?

  init(_ target: Target, _ mix: [MixEntry], jobDeadline: Duration) {
    let dialect = target.dialect
    self.dialect = dialect
    baseURL = target.baseURL
    submissionMethod = dialect.submission.method
    submissionHeaders = Self.headers(dialect.submission, target)
    statusMethod = dialect.statusRead.method
    statusHeaders = Self.headers(dialect.statusRead, target)
    statusBody = dialect.statusRead.method == "GET" ? nil : SharedBody([])
    submissions = mix.map { entry in
      (
        target.baseURL + dialect.submissionPath(of: entry.submission),
        SharedBody(dialect.submissionBody(of: entry.submission))
      )
    }
    timeout = max(Int(target.http.requestTimeout.inNanoseconds / 1_000_000), 1)
    // Such a platform answers when the job is over, which only the job's deadline bounds; it ends the transfer itself.
    submissionTimeout = dialect.isSynchronous ? Int(jobDeadline.inNanoseconds / 1_000_000) + timeout : timeout
  }

  private static func headers(_ call: DialectCall, _ target: Target) -> SharedHeaders {
    let given = Set(target.headers.map { $0.name.lowercased() })
    let own = call.headers.filter { !given.contains($0.name.lowercased()) }
    return SharedHeaders(own.map { ($0.name, $0.value) } + target.headers.map { ($0.name, $0.value) })
  }

  /// The submission of an entry of the mix.
  func submission(entry: Int, tag: Int) -> TransferRequest {
    TransferRequest(
      url: submissions[entry].url, method: submissionMethod, headers: submissionHeaders, body: submissions[entry].body,
      timeoutMilliseconds: submissionTimeout, tag: tag)
  }

  /// How often a submission went out beyond the first time, by the bytes that were sent for it; they are load, too.
  func repetitions(ofEntry entry: Int, bytes: Int, isAnswered: Bool) -> Int {
    let body = submissions[entry].body.count
    if isAnswered { overhead = min(overhead ?? .max, bytes - body) }
    guard let overhead, overhead + body > 0 else { return 0 }
    return max(Int((Double(bytes) / Double(overhead + body)).rounded()) - 1, 0)
  }

  /// A status read, with the time that it is held open on top of the time-out.
  func status(of id: String, waitSeconds: Int?, tag: Int) -> TransferRequest {
    TransferRequest(
      url: baseURL + dialect.statusPath(of: id, waitSeconds: waitSeconds), method: statusMethod,
      headers: statusHeaders, body: statusBody, timeoutMilliseconds: timeout + (waitSeconds ?? 0) * 1_000, tag: tag)
  }
}
