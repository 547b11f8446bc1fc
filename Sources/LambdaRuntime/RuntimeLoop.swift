/// The life of a bootstrap: take an invocation, work on it, answer, take the next.
public struct RuntimeLoop<Transport: RuntimeTransport> {
  private let transport: Transport
  private let report: (String) -> Void

  /// A loop over a transport.
  ///
  /// - Parameter report: receives a line for the log where the API refuses an answer.
  public init(_ transport: Transport, report: @escaping (String) -> Void) {
    self.transport = transport
    self.report = report
  }

  /// Works until the API cannot be reached any more, which is thrown, or `proceed` says no.
  ///
  /// - Parameters:
  ///   - proceed: asked before each invocation is taken and after each is answered.
  ///   - handle: works on one invocation; what it throws is the function's failure, and the loop goes on.
  public func run(
    while proceed: (Moment) -> Bool, handle: (Invocation) throws(FunctionError) -> [UInt8]
  ) throws(RuntimeError) {
    while proceed(.idle) {
      let invocation = try next()
      guard proceed(.taken) else { return }
      try answer(invocation, Result { () throws(FunctionError) in try handle(invocation) })
    }
  }

  /// Where the loop is when it asks whether to go on.
  public enum Moment: Sendable, Hashable {
    /// No invocation is in hand.
    case idle
    /// An invocation was taken and nobody else will work on it.
    case taken
  }

  /// Says that the function cannot start.
  public func failInitialization(_ error: FunctionError) throws(RuntimeError) {
    try post(.initializationFailure(error))
  }

  private func next() throws(RuntimeError) -> Invocation {
    let response = try transport.send(.next)
    guard response.status == 200 else {
      throw RuntimeError("the Runtime API answered \(response.status) to a request for the next invocation")
    }
    guard let id = response.headers["lambda-runtime-aws-request-id"] else {
      throw RuntimeError("the Runtime API sent an invocation without Lambda-Runtime-Aws-Request-Id")
    }
    return Invocation(
      requestID: id, deadline: response.headers["lambda-runtime-deadline-ms"].flatMap { Int64($0) },
      payload: response.body)
  }

  private func answer(_ invocation: Invocation, _ result: Result<[UInt8], FunctionError>) throws(RuntimeError) {
    let id = invocation.requestID
    switch result {
    case .failure(let error): try post(.failure(requestID: id, error))
    case .success(let body):
      let status = try post(.response(requestID: id, body: body))
      // The answer is larger than the API takes; without another one the invocation would run into its deadline.
      guard status == 413 else { return }
      let message = "the answer of \(body.count) bytes is larger than the Runtime API takes"
      try post(.failure(requestID: id, FunctionError(type: "Runtime.ResponseTooLarge", message: message)))
    }
  }

  /// A refusal concerns one invocation only, for example one that is past its deadline; the loop goes on.
  @discardableResult
  private func post(_ request: RuntimeRequest) throws(RuntimeError) -> Int {
    let response = try transport.send(request)
    if response.status != 202 {
      report("the Runtime API answered \(response.status) to POST \(request.path)")
    }
    return response.status
  }
}
