import FoundationEssentials
public import MicroHTTP

/// One function behind Lambda's Invoke operation: any bootstrap, in the environments of a host.
///
/// It answers what the AWS SDKs and the AWS CLI ask with `--endpoint-url`. Signatures are not looked at, so it is for
/// loopback. The log of an answer holds START, END and REPORT; what the function wrote is in the host's log only.
public final class FunctionServer: Sendable {
  private let server: HTTPServer
  /// The port that it listens on.
  public var port: UInt16 { server.port }

  /// Serves the function that the host's configuration names.
  public init(_ configuration: HTTPServer.Configuration, _ host: EnvironmentHost) throws(HTTPServerError) {
    var configuration = configuration
    configuration.bodyLimit = RuntimeAnswer.payloadLimit
    configuration.idleTimeoutSeconds = 0
    let function = host.configuration.launch.functionName
    let isolatesTenants = host.configuration.pool.isolatesTenants
    server = try HTTPServer(configuration) { request, exchange in
      switch FunctionCall(request, function: function, isolatesTenants: isolatesTenants) {
      case .refused(let response): exchange.answer(response)
      case .dryRun: exchange.answer(HTTPResponse(status: 204))
      case .run(let payload, let tenant, let wantsLog):
        Self.run(InvocationWork(payload: payload, tenant: tenant, whenFull: .fails), wantsLog, host, exchange)
      }
    }
  }

  /// Stops to listen.
  public func stop() { server.stop() }

  private static func run(
    _ work: InvocationWork, _ wantsLog: Bool, _ host: EnvironmentHost, _ exchange: HTTPExchange
  ) {
    var work = work
    work.whenDone = { requestId, answer in
      var response = FunctionAnswer.response(requestId, answer, host.configuration.pool)
      let log = conclude(requestId, answer, host)
      // The last 4 KiB are told at most, which these lines never are.
      if wantsLog { response.headers.append(("X-Amz-Log-Result", Data(log.utf8).base64EncodedString())) }
      exchange.answer(response)
    }
    host.begin(work)
  }

  /// Bills the invocation; gives its log.
  private static func conclude(_ requestId: String, _ answer: InvocationAnswer, _ host: EnvironmentHost) -> String {
    guard let environment = answer.environment, let service = answer.service else { return "" }
    var report = InvocationReport(
      requestId: requestId, duration: service.duration, initDuration: service.initDuration,
      memoryMB: host.configuration.launch.memoryMB, maxMemoryUsedMB: 0, status: answer.status)
    report.isInitBilled = service.isInitBilled
    let lines = host.conclude(report, in: environment, programBytes: 0)
    return ([InvocationReport.startLine(requestId)] + lines).map { $0 + "\n" }.joined()
  }
}
