import AWSBackends
import AWSServices
import FoundationEssentials
import JobBackends
import Jobs
import TestServices
import Testing

/// rce-api as a function, and rce-dispatcher after it, on one queue, one bucket and one Redis.
@Suite struct GatewayProgramTests {
  private struct Answer: Decodable {
    var statusCode: Int
    var body: String
    var headers: [String: String]?
    var multiValueHeaders: [String: [String]]?
  }

  private struct Receipt: Decodable {
    var jobId: JobID
  }

  private static func rest(_ method: String, _ path: String, body: String = "", headers: String = "") throws -> String {
    let text = String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
    return """
      {"resource":"\(path)","path":"\(path)","httpMethod":"\(method)","requestContext":{"stage":"live"},\
      "multiValueHeaders":{"Content-Type":["application/json"]\(headers)},"body":\(text),"isBase64Encoded":false}
      """
  }

  private static func read(_ answer: (text: String, errorType: String?)?) throws -> Answer {
    try JSONDecoder().decode(Answer.self, from: Data(try #require(answer).text.utf8))
  }

  @Test(arguments: [false, true])
  func `a program goes from an event of the gateway to its result`(isSecure: Bool) throws {
    let place = try Place(isSecure: isSecure) { _ in (200, DispatcherProgramTests.encodedResult, nil) }
    let gateway = try place.startGateway()
    let code = String(repeating: "#", count: 70_000) + "\nprint(1)"
    for text in ["print(1)", code] {
      let submission = #"{"language":"python","code":"\#(text.replacingNewlines)"}"#
      let accepted = try Self.read(gateway.answer(to: Self.rest("POST", "/execute", body: submission)))
      #expect(accepted.statusCode == 202)
      let job = try JSONDecoder().decode(Receipt.self, from: Data(accepted.body.utf8)).jobId
      let records = try place.receive(1)
      #expect(try #require(place.lambda.answer(to: Place.event(records))).text == #"{"batchItemFailures":[]}"#)
      let status = try Self.read(gateway.answer(to: Self.rest("GET", "/job-status/\(job)")))
      #expect(status.statusCode == 200 && status.body.contains(#""status":"completed""#))
      #expect(status.multiValueHeaders?["Job-Wait-Max-Seconds"] == ["1"])
    }
  }

  @Test func `a key names one job, whatever is repeated`() throws {
    let place = try Place { _ in (200, DispatcherProgramTests.encodedResult, nil) }
    let gateway = try place.startGateway()
    let body = #"{"language":"python","code":"print(1)"}"#
    let event = try Self.rest("POST", "/execute", body: body, headers: #","Idempotency-Key":["k-1"]"#)
    let first = try Self.read(gateway.answer(to: event))
    let second = try Self.read(gateway.answer(to: event))
    #expect(first.body == second.body && second.statusCode == 202)
    #expect(try place.queue.depth().waiting == 1)
  }

  @Test func `preflights, unknown jobs and other events are answered`() throws {
    let place = try Place { _ in (200, DispatcherProgramTests.encodedResult, nil) }
    let gateway = try place.startGateway()
    #expect(try Self.read(gateway.answer(to: Self.rest("OPTIONS", "/execute"))).statusCode == 204)
    #expect(try Self.read(gateway.answer(to: Self.rest("GET", "/job-status/\(JobID())"))).statusCode == 404)
    #expect(gateway.answer(to: #"{"Records":[]}"#)?.errorType == "API.UnknownEvent")
  }

  @Test func `a job that cannot be sent is not accepted, and its key is free`() throws {
    let place = try Place { _ in (200, DispatcherProgramTests.encodedResult, nil) }
    let gateway = try place.startGateway()
    let body = #"{"language":"python","code":"print(1)"}"#
    let event = try Self.rest("POST", "/execute", body: body, headers: #","Idempotency-Key":["k-2"]"#)
    place.stopServices()
    #expect(try Self.read(gateway.answer(to: event, within: 30_000)).statusCode == 503)
    #expect(try place.redisKeys(containing: "idempotency").isEmpty)
  }
}

extension String {
  fileprivate var replacingNewlines: String { map { $0 == "\n" ? "\\n" : String($0) }.joined() }
}
