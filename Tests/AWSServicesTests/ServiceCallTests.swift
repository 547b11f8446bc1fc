import AWSServices
import TestServices
import Testing

/// The calls against moto, which takes their shape from AWS's own descriptions.
@Suite struct ServiceCallTests {
  private let moto: MotoServer
  private let source: AWSCredentialSource

  init() throws {
    moto = try MotoServer()
    source = AWSCredentialSource(environment: moto.environment)
  }

  private func client(_ service: String) -> AWSClient {
    AWSClient(service: service, region: "us-east-1", credentials: source)
  }

  private func endpoint(_ service: String) throws -> AWSEndpoint {
    try AWSEndpoint(service: service, region: "us-east-1", environment: moto.environment)
  }

  private func queue(named name: String) throws -> (SQS, AWSClient) {
    let client = client("sqs")
    return (SQS(client, try endpoint("sqs"), queueURL: try moto.makeQueue(name)), client)
  }

  @Test func `a message is sent, received, released, received again and deleted`() throws {
    let (queue, _) = try queue(named: "one")
    try queue.send("odd: ü € 😀 \" \\ \n")
    let first = try #require(try queue.receive(upTo: 10, waitSeconds: 1).first)
    #expect(first.Body == "odd: ü € 😀 \" \\ \n")
    #expect(first.Attributes?["ApproximateReceiveCount"] == "1")
    #expect(try queue.depth() == (waiting: 0, inFlight: 1))
    try queue.changeVisibility(receipt: first.ReceiptHandle, seconds: 0)
    let second = try #require(try queue.receive(upTo: 10, waitSeconds: 1).first)
    #expect(second.Attributes?["ApproximateReceiveCount"] == "2")
    try queue.delete(receipt: second.ReceiptHandle)
    #expect(try queue.depth() == (waiting: 0, inFlight: 0))
  }

  @Test func `ten messages take one request each way`() throws {
    let (queue, client) = try queue(named: "many")
    let before = client.requests
    #expect(try queue.send((0..<10).map { "message \($0)" }) == [])
    let received = try queue.receive(upTo: 10, waitSeconds: 1)
    #expect(Set(received.map(\.Body)).count == 10)
    #expect(try queue.delete(receipts: received.map(\.ReceiptHandle)) == [])
    #expect(client.requests - before == 3)
  }

  @Test func `a message over the limit is refused before it is sent`() throws {
    let (queue, client) = try queue(named: "large")
    let error = #expect(throws: AWSError.self) {
      try queue.send(String(repeating: "x", count: SQS.messageLimit + 1))
    }
    #expect(error?.kind == .rejected && client.requests == 0)
  }

  @Test func `a queue that is not there is told as missing`() throws {
    let queue = SQS(client("sqs"), try endpoint("sqs"), queueURL: "\(moto.url)/123456789012/absent")
    #expect(throws: AWSError.self) { try queue.send("x") }
    do throws(AWSError) { try queue.send("x") } catch { #expect(error.kind == .missing) }
  }

  @Test(arguments: ["jobs/plain", "jobs/odd +&=?%#ü~*'()", "jobs/a/b//c"])
  func `an object is stored, read and removed`(_ key: String) throws {
    try moto.makeBucket("code")
    let bucket = S3(client("s3"), try endpoint("s3"), bucket: "code", inPath: true)
    try bucket.put(key, Array("int main() {}\n".utf8), contentType: "text/plain")
    #expect(try bucket.get(key) == Array("int main() {}\n".utf8))
    try bucket.delete(key)
    try bucket.delete(key)
    do throws(AWSError) {
      _ = try bucket.get(key)
      Issue.record("a removed object was read")
    } catch {
      #expect(error.kind == .missing && error.code == "NoSuchKey")
    }
  }
}
