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
  private let metrics: APIMetrics
  private let crossOrigin: CrossOriginPolicy

  /// An API on these backends.
  public init(_ configuration: APIConfiguration, _ backends: APIBackends, _ metrics: APIMetrics) {
    self.configuration = configuration
    self.backends = backends
    self.metrics = metrics
    crossOrigin = CrossOriginPolicy(allowing: configuration.allowedOrigins)
  }

  /// Answers a request, or says that its client waits for a job's end.
  public func answer(_ request: HTTPRequest) -> APIAnswer {
    do throws(Problem) {
      let (route, parameter) = try route(of: request)
      if request.method == "OPTIONS" { return .now(preflight(request, route)) }
      if route == .jobStatus { return try status(parameter, request) }
      return .now(finish(try answer(request, route), request))
    } catch {
      return .now(finish(error.response(to: request.path), request))
    }
  }

  /// Looks at a job's status once, for whoever waits for it.
  public func read(_ job: JobID) -> StatusReading {
    do throws(Problem) {
      let status = try backends.status(of: job)
      let response = HTTPResponse(status: 200, contentType: "application/json", body: encode(status))
      return status.status.isTerminal ? .final(response) : .pending(response)
    } catch {
      let response = error.response(to: "/job-status/\(job)")
      return error.kind == .unknownJob ? .final(response) : .unreadable(response)
    }
  }

  /// The answer to a client whose wait ends because the program does.
  func stopping(_ wait: StatusWait) -> HTTPResponse {
    let problem = Problem.passing(.unavailable, "the server is stopping; ask again")
    return wait.answer(.unreadable(problem.response(to: "/job-status/\(wait.job)")))
  }

  private func route(of request: HTTPRequest) throws(Problem) -> (Route, String) {
    guard let (route, parameter) = Route.match(request.path) else {
      throw Problem(.notFound, "nothing is served at this path; GET /openapi.yaml describes what is")
    }
    guard route.methods.contains(request.method) else {
      let allowed = route.methods.joined(separator: ", ")
      var problem = Problem(.methodNotAllowed, "\(route.rawValue) takes \(allowed), got \(quote(request.method))")
      problem.headers = [("Allow", allowed)]
      throw problem
    }
    return (route, parameter)
  }

  private func answer(_ request: HTTPRequest, _ route: Route) throws(Problem) -> HTTPResponse {
    switch route {
    case .execute: try execute(request)
    case .languages: HTTPResponse(status: 200, contentType: "application/json", body: languages)
    case .health: try health()
    case .metrics: HTTPResponse(status: 200, contentType: MetricsText.contentType, body: metrics.text())
    case .description: HTTPResponse(status: 200, contentType: "application/yaml", body: PackageResources.openapi_yaml)
    case .landing: landing
    case .jobStatus: preconditionFailure("a status request is answered by status(_:_:)")
    }
  }
}
