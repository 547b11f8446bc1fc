import HostSystem
import JobBackends
public import Jobs
public import MicroHTTP

/// The API as a function from a request to its answer, for any transport: a socket, or an event of an API gateway.
///
/// It makes at most a few round trips to queue and store and never waits for a job: where the client wants to wait,
/// the answer says so.
public struct APIService: Sendable {
  private let configuration: APIConfiguration
  private let backends: APIBackends
  private let watch: QueueWatch
  private let metrics: APIMetrics
  private let crossOrigin: CrossOriginPolicy

  /// An API on these backends; without a started watch no submission is refused because of a full queue.
  public init(_ configuration: APIConfiguration, _ backends: APIBackends, _ watch: QueueWatch, _ metrics: APIMetrics) {
    self.configuration = configuration
    self.backends = backends
    self.watch = watch
    self.metrics = metrics
    crossOrigin = CrossOriginPolicy(allowing: configuration.allowedOrigins)
  }

  /// Answers a request, or says that its client waits for a job's end.
  public func answer(_ request: HTTPRequest) -> APIAnswer {
    let receivedAt = WallClock.microseconds
    if let file = file(for: request) { return .now(file) }
    let headers = commonHeaders + crossOrigin.headers(for: request)
    do throws(Problem) {
      return try answer(request, receivedAt, headers)
    } catch {
      return .now(error.response(to: request.path).adding(headers))
    }
  }

  /// Looks at a job's status once, for whoever waits for it.
  public func read(_ job: JobID) -> StatusReading {
    do throws(Problem) {
      let status = try backends.status(of: job)
      let response = HTTPResponse(status: 200, contentType: "application/json", body: encode(status))
      guard status.status.isTerminal else { return .pending(response) }
      metrics.ended(job, status)
      return .final(response)
    } catch {
      let response = error.response(to: "/job-status/\(job)")
      return error.kind == .unknownJob ? .final(response) : .unreadable(response)
    }
  }

  /// The answer to a client whose wait ends because the program does.
  package func stopping(_ job: JobID) -> StatusReading {
    .unreadable(Problem.passing(.unavailable, "the server is stopping; ask again").response(to: "/job-status/\(job)"))
  }

  /// What is served besides the API's own paths.
  private func file(for request: HTTPRequest) -> HTTPResponse? {
    guard request.method == "GET" || request.method == "HEAD" else { return nil }
    return configuration.console?.answer(request) ?? configuration.reports?.answer(request)
  }

  private var commonHeaders: [(name: String, value: String)] {
    [
      ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"),
      ("Job-Wait-Max-Seconds", "\(configuration.longestWaitSeconds)"),
    ]
  }

  private func answer(
    _ request: HTTPRequest, _ receivedAt: Int64, _ headers: [(name: String, value: String)]
  ) throws(Problem) -> APIAnswer {
    let (route, parameter) = try route(of: request)
    let response: HTTPResponse
    switch route {
    case _ where request.method == "OPTIONS": response = preflight(request, route)
    case .jobStatus:
      let wait = try wait(for: parameter, request, headers)
      return wait.milliseconds > 0 ? .wait(wait) : .now(wait.answer(read(wait.job)))
    case .execute: response = try execute(request, receivedAt)
    case .languages:
      let list = LanguageList(configuration.rules, watch.languages)
      response = HTTPResponse(status: 200, contentType: "application/json", body: encode(list))
    case .health: response = try health()
    case .metrics:
      let text = metrics.text(version: configuration.version, watch.latest, watch.hosts)
      response = HTTPResponse(status: 200, contentType: MetricsText.contentType, body: text)
    case .description:
      response = HTTPResponse(status: 200, contentType: "application/yaml", body: PackageResources.openapi_yaml)
    case .landing: response = LandingPage.response
    }
    return .now(response.adding(headers))
  }

  private func route(of request: HTTPRequest) throws(Problem) -> (Route, String) {
    guard let (route, parameter) = Route.match(request.path) else {
      if configuration.console?.serves(request.path) == true { throw notAllowed("GET, HEAD", on: "a file", request) }
      throw Problem(.notFound, "nothing is served at this path; GET /openapi.yaml describes what is")
    }
    guard route.methods.contains(request.method) else {
      throw notAllowed(route.methods.joined(separator: ", "), on: route.rawValue, request)
    }
    return (route, parameter)
  }

  private func notAllowed(_ allowed: String, on path: String, _ request: HTTPRequest) -> Problem {
    var problem = Problem(.methodNotAllowed, "\(path) takes \(allowed), got \(quote(request.method))")
    problem.headers = [("Allow", allowed)]
    return problem
  }

  private func preflight(_ request: HTTPRequest, _ route: Route) -> HTTPResponse {
    let allowed = [(name: "Allow", value: route.methods.joined(separator: ", "))]
    return HTTPResponse(status: 204, headers: allowed + crossOrigin.preflight(for: request, route))
  }

  private func wait(
    for parameter: String, _ request: HTTPRequest, _ headers: [(name: String, value: String)]
  ) throws(Problem) -> StatusWait {
    guard let job = JobID(parameter) else {
      throw Problem(.unknownJob, "expected a job's id, which is a UUID, got \(quote(parameter))")
    }
    let longest = configuration.longestWaitSeconds * 1_000
    return StatusWait(job: job, milliseconds: min(try request.waitMilliseconds(), longest), headers: headers)
  }

  private func execute(_ request: HTTPRequest, _ receivedAt: Int64) throws(Problem) -> HTTPResponse {
    guard !request.bodyExceedsLimit else {
      throw Problem(.bodyTooLarge, "expected at most \(configuration.bodyLimit) bytes of body")
    }
    try request.requireJSON()
    let key = try request.idempotencyKey()
    let submission = try SubmissionReader.submission(from: request.body, configuration.rules)
    let language = try offered(submission.language)
    try admit()
    let message = JobMessage(
      jobId: JobID(), language: submission.language, code: submission.code, stdin: submission.stdin,
      args: submission.args, files: submission.files, options: submission.options,
      limits: configuration.rules.limits(of: language).defaults.applying(submission.limits), start: submission.start,
      tenant: submission.tenant, receivedAt: receivedAt)
    switch try backends.accept(message, inlineCodeLimit: configuration.inlineCodeLimit, key) {
    case .created(let job):
      metrics.submitted(job, submission.language)
      return receipt(job, [])
    case .existing(let job):
      metrics.replayed()
      return receipt(job, [("Idempotency-Replayed", "true")])
    }
  }

  /// The language's entry; a problem where every host that is up has said that it cannot run it.
  private func offered(_ language: Language) throws(Problem) -> LanguageDefinition {
    let table = configuration.rules.languages
    guard let definition = table[language] else { throw Problem(.internalError, "the language has left the table") }
    let hosts = watch.languages
    guard let reason = hosts.problem(with: definition) else { return definition }
    var problem = Problem(
      .unsupportedLanguage, [.field("/language", "no host that is up can run \(definition.name): \(reason)")])
    problem.supportedLanguages = hosts.names(of: table)
    throw problem
  }

  private func receipt(_ job: JobID, _ headers: [(name: String, value: String)]) -> HTTPResponse {
    HTTPResponse(
      status: 202,
      headers: [("Content-Type", "application/json"), ("Location", "/job-status/\(job)")] + headers,
      body: encode(SubmissionReceipt(jobId: job)))
  }

  private func admit() throws(Problem) {
    guard let waiting = watch.latest?.waiting, waiting >= configuration.deepestQueue else { return }
    throw .passing(
      .queueFull, "\(waiting) jobs are waiting, and no more are taken in above \(configuration.deepestQueue)")
  }

  private func health() throws(Problem) -> HTTPResponse {
    let depth = try backends.depth()
    let health = Health(
      status: "ok", version: configuration.version, hosts: backends.hostReports(),
      nowMicroseconds: WallClock.microseconds, queue: depth)
    return HTTPResponse(status: 200, contentType: "application/json", body: encode(health))
  }

  private struct Health: Encodable {
    let status: String
    let version: String
    /// Who runs the jobs, by what rules and under what protection.
    let hosts: [HostReport]
    /// This clock's reading as late as can be, so that a client can tell its offset from its own.
    let nowMicroseconds: Int64
    let queue: QueueDepth
  }
}
