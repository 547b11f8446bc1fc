import AWSServices
import HostSystem
import TestServices
import Testing

/// What a client makes of a service in trouble, which a real local server plays.
@Suite struct TroubleTests {
  private static let keys = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-to-be-shown"]
  private static let quick = RetryPolicy(tries: 4, first: 2, longest: 10)

  private static func client(
    _ service: String, _ source: AWSCredentialSource? = nil, _ retries: RetryPolicy = quick
  ) -> AWSClient {
    AWSClient(
      service: service, region: "us-east-1", credentials: source ?? AWSCredentialSource(environment: keys),
      retries: retries)
  }

  private static func bucket(_ server: StandInServer, _ client: AWSClient) throws -> S3 {
    S3(client, try #require(AWSEndpoint(server.url)), bucket: "code", inPath: true)
  }

  private static func queue(_ server: StandInServer, _ client: AWSClient) throws -> SQS {
    SQS(client, try #require(AWSEndpoint(server.url)), queueURL: "\(server.url)/123456789012/jobs")
  }

  private static func error(_ body: () throws -> Void) throws -> AWSError {
    do {
      try body()
    } catch let error as AWSError {
      return error
    }
    throw ServiceError("no error was thrown")
  }

  private static let slowDown =
    "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"

  @Test func `S3's SlowDown is tried again until it goes`() throws {
    let server = try StandInServer { _, number in number < 3 ? (503, Self.slowDown, []) : (200, "int main() {}", []) }
    #expect(try Self.bucket(server, Self.client("s3")).get("jobs/1") == Array("int main() {}".utf8))
    #expect(server.requests.count == 4)
  }

  @Test func `S3's SlowDown that stays is told after four tries`() throws {
    let server = try StandInServer { _, _ in (503, Self.slowDown, []) }
    let error = try Self.error {
      try Self.bucket(server, Self.client("s3")).put("jobs/1", [1], contentType: "text/plain")
    }
    #expect(error.kind == .throttled && error.code == "SlowDown" && server.requests.count == 4)
    #expect(error.description.hasSuffix("(tried 4 times)") && error.description.contains("503 SlowDown"))
  }

  @Test func `a service without a word for its trouble is tried again too`() throws {
    let server = try StandInServer { _, number in number == 0 ? (500, "", []) : (200, "x", []) }
    #expect(try Self.bucket(server, Self.client("s3")).get("k") == [120])
  }

  @Test func `pauses are spread over all that is allowed, and grow`() {
    let policy = RetryPolicy(tries: 9, first: 50, longest: 1_000)
    #expect([0, 0.5, 0.999].map { policy.pause(afterFailures: 1, fraction: $0) } == [0, 25, 49])
    #expect(
      (1...8).map { policy.pause(afterFailures: $0, fraction: 1) } == [50, 100, 200, 400, 800, 1_000, 1_000, 1_000])
  }

  @Test func `a storm of throttling is ridden out, or told, and never multiplied`() throws {
    let storm = #"{"__type":"com.amazonaws.sqs#RequestThrottled","message":"slow"}"#
    let server = try StandInServer { _, number in
      number < 300 ? (400, storm, []) : (200, #"{"MessageId":"m","MD5OfMessageBody":""}"#, [])
    }
    let client = Self.client("sqs")
    let queue = try Self.queue(server, client)
    let outcomes = Lock<[AWSError.Kind?]>([])
    let threads = try (0..<16).map { _ in
      try NativeThread(named: "sender") {
        for _ in 0..<20 {
          var kind: AWSError.Kind?
          do throws(AWSError) { try queue.send("x") } catch { kind = error.kind }
          outcomes.withLock { $0.append(kind) }
        }
      }
    }
    for thread in threads { thread.join() }
    let all = outcomes.withLock { $0 }
    #expect(all.count == 320 && all.allSatisfy { $0 == nil || $0 == .throttled })
    // 100 repetitions are what the budget holds; each that succeeds, and each call, may bring some back.
    #expect(server.requests.count == client.requests && client.requests <= 320 + 100 + 320)
    #expect(all.contains(nil), "who is left when the storm is over gets through")
  }

  @Test func `repetitions have a budget, which success refills`() {
    var budget = RetryBudget()
    #expect((0..<100).allSatisfy { _ in budget.take() } && !budget.take())
    for _ in 0..<5 { budget.succeeded(afterFailures: 0) }
    #expect(budget.take() && !budget.take())
    budget.succeeded(afterFailures: 2)
    #expect(budget.take() && !budget.take())
    for _ in 0..<1_000 { budget.succeeded(afterFailures: 0) }
    #expect(budget.left == RetryBudget.most)
  }

  @Test func `credentials that have ended are fetched anew, once`() throws {
    let keys = try StandInServer { _, number in
      (200, #"{"AccessKeyId":"AKID\#(number)","SecretAccessKey":"s","Token":"t"}"#, [])
    }
    let server = try StandInServer { request, _ in
      request.header("authorization")?.contains("AKID0/") == true
        ? (400, "<Error><Code>ExpiredToken</Code></Error>", []) : (200, "x", [])
    }
    let source = AWSCredentialSource(environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": keys.url])
    #expect(try Self.bucket(server, Self.client("s3", source)).get("k") == [120])
    #expect(keys.requests.count == 2 && server.requests.count == 2)
  }

  @Test func `credentials that have ended and cannot be renewed are told`() throws {
    let server = try StandInServer { _, _ in
      (
        403, #"{"__type":"ExpiredTokenException","message":"The security token included in the request is expired"}"#,
        []
      )
    }
    let error = try Self.error { try Self.queue(server, Self.client("sqs")).send("x") }
    #expect(error.kind == .credentials && error.code == "ExpiredTokenException" && !error.isTransient)
    #expect(error.description.contains("have not expired") && server.requests.count == 2)
    #expect(!error.description.contains("not-to-be-shown"))
  }

  @Test func `no credentials are told without a request`() throws {
    let server = try StandInServer { _, _ in (200, "", []) }
    let none = AWSCredentialSource(environment: ["HOME": "/nowhere", "AWS_EC2_METADATA_DISABLED": "true"])
    let error = try Self.error { try Self.queue(server, Self.client("sqs", none)).send("x") }
    #expect(error.kind == .credentials && server.requests.isEmpty)
  }

  @Test(arguments: [
    (
      301, "<Error><Code>PermanentRedirect</Code><Bucket>code</Bucket></Error>", "eu-west-1",
      "another region, eu-west-1: set"
    ),
    (
      400, "<Error><Code>AuthorizationHeaderMalformed</Code><Region>ap-south-1</Region></Error>", "",
      "another region, ap-south-1: set AWS_REGION"
    ),
  ])
  func `a bucket of another region says which`(_ status: Int, _ body: String, _ region: String, _ words: String) throws
  {
    let headers = region.isEmpty ? [] : [(name: "x-amz-bucket-region", value: region)]
    let server = try StandInServer { _, _ in (status, body, headers) }
    let error = try Self.error { _ = try Self.bucket(server, Self.client("s3")).get("k") }
    #expect(error.kind == .rejected && error.description.contains(words), "\(error)")
    #expect(server.requests.count == 1)
  }

  @Test func `a service proves who it is, to an authority of one's own where one is named`() throws {
    let server = try StandInServer { _, _ in (200, "x", []) }
    let certificates = try Certificates()
    let port = try #require(Int(server.url.split(separator: ":").last ?? ""))
    let proxy = try TLSProxy(backend: port, certificates)
    defer { proxy.stop() }
    let endpoint = try #require(AWSEndpoint("https://127.0.0.1:\(proxy.port)"))
    for authorities in [nil, certificates["ca.pem"]] {
      let client = AWSClient(
        service: "s3", region: "us-east-1", credentials: AWSCredentialSource(environment: Self.keys),
        retries: Self.quick, authorities: authorities)
      let bucket = S3(client, endpoint, bucket: "code", inPath: true)
      guard authorities == nil else {
        #expect(try bucket.get("k") == [120])
        continue
      }
      let error = try Self.error { _ = try bucket.get("k") }
      #expect(error.kind == .unreachable && error.description.contains("ertificate"), "\(error)")
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a host that is not there is named`() throws {
    let endpoint = try AWSEndpoint(service: "sqs", region: "us-moon-1.invalid", environment: [:])
    let queue = SQS(Self.client("sqs"), endpoint, queueURL: "https://sqs.us-moon-1.invalid.amazonaws.com/1/jobs")
    let error = try Self.error { try queue.send("x") }
    #expect(error.kind == .unreachable && error.description.contains("at sqs.us-moon-1.invalid.amazonaws.com: "))
  }

  @Test func `messages over the limit are refused before they are sent, one or several`() throws {
    let server = try StandInServer { _, _ in (200, "{}", []) }
    let queue = try Self.queue(server, Self.client("sqs"))
    let half = String(repeating: "x", count: SQS.messageLimit / 2 + 1)
    let several = try Self.error { _ = try queue.send([half, half]) }
    #expect(several.kind == .rejected && several.description.contains("SQS takes 1048576 at most"))
    #expect(try Self.error { try queue.send(half + half) }.kind == .rejected)
    #expect(server.requests.isEmpty)
    _ = try queue.send([half])
    #expect(server.requests.count == 1)
  }

  @Test func `an answer that is none is told`() throws {
    let server = try StandInServer { _, _ in (200, "<html>proxy</html>", []) }
    #expect(try Self.error { try Self.queue(server, Self.client("sqs")).send("x") }.kind == .unreadable)
  }
}
