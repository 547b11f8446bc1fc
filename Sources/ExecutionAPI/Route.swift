/// What the API answers, by the path that asks for it.
package enum Route: String, Sendable, CaseIterable {
  case landing = "/"
  case execute = "/execute"
  case jobStatus = "/job-status/{jobId}"
  case languages = "/languages"
  case health = "/health"
  case metrics = "/metrics"
  case description = "/openapi.yaml"

  /// The route of a path, percent-decoded and without its query, and what stands in the place of `{jobId}`.
  package static func match(_ path: String) -> (route: Route, parameter: String)? {
    let prefix = "/job-status/"
    if path.hasPrefix(prefix) {
      let parameter = path.dropFirst(prefix.count)
      return parameter.isEmpty || parameter.contains("/") ? nil : (.jobStatus, String(parameter))
    }
    return Route(rawValue: path).map { ($0, "") }
  }

  /// The methods that the path takes, in the order that `Allow` lists them.
  package var methods: [String] {
    self == .execute ? ["POST", "OPTIONS"] : ["GET", "HEAD", "OPTIONS"]
  }
}
