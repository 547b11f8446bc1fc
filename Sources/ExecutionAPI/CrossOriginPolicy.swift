import MicroHTTP

/// Which web origins may call the API from a page (the CORS protocol of the Fetch standard); none unless configured.
struct CrossOriginPolicy: Sendable {
  private let origins: Set<String>

  init(allowing origins: [String]) {
    self.origins = Set(origins)
  }

  /// What an answer needs so that a page may read it.
  func headers(for request: HTTPRequest) -> [(name: String, value: String)] {
    guard !origins.isEmpty else { return [] }
    // A cache must not hand one origin's answer to another.
    let vary: [(name: String, value: String)] = origins.contains("*") ? [] : [("Vary", "Origin")]
    guard let origin = request.header("origin"), let allowed = allowed(origin) else { return vary }
    let readable = "Location, Retry-After, Job-Wait-Max-Seconds, Idempotency-Replayed"
    return vary + [("Access-Control-Allow-Origin", allowed), ("Access-Control-Expose-Headers", readable)]
  }

  /// What a preflight's answer says besides.
  func preflight(for request: HTTPRequest, _ route: Route) -> [(name: String, value: String)] {
    guard request.header("access-control-request-method") != nil, let origin = request.header("origin"),
      allowed(origin) != nil
    else { return [] }
    return [
      ("Access-Control-Allow-Methods", route.methods.joined(separator: ", ")),
      ("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key"), ("Access-Control-Max-Age", "600"),
    ]
  }

  private func allowed(_ origin: String) -> String? {
    if origins.contains("*") { return "*" }
    return origins.contains(origin) ? origin : nil
  }
}
