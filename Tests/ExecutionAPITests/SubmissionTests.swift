import ExecutionAPI
import HostSystem
import JobBackends
import Jobs
import TestServices
import Testing

@Suite("A submission")
struct SubmissionTests {
  private let platform: TestPlatform

  init() throws {
    platform = try TestPlatform { api, _ in api.inlineCodeLimit = 1_000 }
  }

  @Test("is answered 202 when its record and its message are stored", arguments: Depth.allCases)
  func accepted(_ depth: Depth) throws {
    let before = WallClock.microseconds
    let answer = try platform.send(
      .submit(
        #"""
        {"code": "print(input())\n", "language": "python", "stdin": "zwölf\n", "args": ["-v", ""],
         "limits": {"wallTimeMs": 2000, "memoryMB": 64}}
        """#), depth)
    let receipt = try answer.json(SubmissionReceipt.self)
    #expect(answer.status == 202)
    #expect(answer.headers["content-type"] == "application/json")
    #expect(answer.headers["location"] == "/job-status/\(receipt.jobId)")
    #expect(receipt == SubmissionReceipt(jobId: receipt.jobId))
    let message = try #require(try platform.queue.receive(waitMilliseconds: 1_000)).message
    var limits = ResourceLimits()
    limits.wallTimeMs = 2_000
    limits.memoryMB = 64
    #expect(
      message
        == JobMessage(
          jobId: receipt.jobId, language: .python, code: "print(input())\n", stdin: "zwölf\n", args: ["-v", ""],
          limits: limits, receivedAt: message.receivedAt))
    #expect((before...WallClock.microseconds).contains(message.receivedAt))
    #expect(try platform.statuses.status(of: receipt.jobId)?.status == .queued)
  }

  @Test(
    "may name its content type in any of the usual ways",
    arguments: [
      "application/json", "Application/JSON", "application/json;charset=utf-8", "application/json; charset=\"UTF-8\"",
    ])
  func contentType(type: String) throws {
    let ask = Ask(
      method: "POST", target: "/execute", headers: [("Content-Type", type)],
      body: Array(#"{"code": "x", "language": "java"}"#.utf8))
    #expect(try platform.send(ask).status == 202)
  }

  @Test("is taken with limits written as whole numbers in any notation, and at the edges of their ranges")
  func limits() throws {
    let ask = Ask.submit(
      #"{"code": "x", "language": "cpp", "limits": {"wallTimeMs": 3e4, "cpuTimeMs": 1.0, "memoryMB": 1024}}"#)
    #expect(try platform.send(ask).status == 202)
    let limits = try #require(try platform.queue.receive(waitMilliseconds: 1_000)).message.limits
    #expect([limits.wallTimeMs, limits.cpuTimeMs, limits.memoryMB] == [30_000, 1, 1_024])
  }

  @Test("of large code keeps the code in the code store and sends the message without it")
  func largeCode() throws {
    let code = String(repeating: "x", count: 1_001)
    let job = try platform.send(.submit(#"{"code": "\#(code)", "language": "javascript"}"#)).json(
      SubmissionReceipt.self)
    let message = try #require(try platform.queue.receive(waitMilliseconds: 1_000)).message
    #expect(message.code == nil)
    #expect(try platform.code.code(of: job.jobId) == code)
  }

  @Test("under the same key is the same job, for its lifetime", arguments: Depth.allCases)
  func idempotent(_ depth: Depth) throws {
    let key = [(name: "Idempotency-Key", value: "~key-1!")]
    let large = String(repeating: "x", count: 2_000)
    let first = try platform.send(.submit(#"{"code": "\#(large)", "language": "python"}"#, headers: key), depth)
    let second = try platform.send(.submit(#"{"code": "\#(large)", "language": "python"}"#, headers: key), depth)
    #expect(first.status == 202)
    #expect(second.status == 202)
    #expect(first.body == second.body)
    #expect(first.headers["location"] == second.headers["location"])
    #expect(first.headers["idempotency-replayed"] == nil)
    #expect(second.headers["idempotency-replayed"] == "true")
    #expect(try platform.queue.depth().waiting == 1)
    #expect(try platform.submit().description != first.json(SubmissionReceipt.self).jobId.description)
  }

  @Test("sent twenty times at once under one key is one job")
  func concurrent() throws {
    let answers = Lock<[String]>([])
    let ask = Ask.submit(#"{"code": "x", "language": "python"}"#, headers: [("Idempotency-Key", "k")])
    let clients = try (0..<20).map { _ in
      try NativeThread(named: "client") { [platform] in
        let text = (try? platform.send(ask))?.text ?? "no answer"
        answers.withLock { $0.append(text) }
      }
    }
    for client in clients { client.join() }
    #expect(Set(answers.withLock { $0 }).count == 1)
    #expect(try platform.queue.depth().waiting == 1)
  }

  @Test("is refused with 429 while the queue is full, and taken again when it is not")
  func queueFull() throws {
    let platform = try TestPlatform { api, _ in api.deepestQueue = 3 }
    for _ in 0..<3 { _ = try platform.submit() }
    var refused: Answer?
    let ask = Ask.submit(#"{"code": "x", "language": "python"}"#)
    #expect(
      try eventually {
        refused = try platform.send(ask)
        return refused?.status == 429
      })
    #expect(refused?.headers["retry-after"] == "1")
    let problem = try refused?.problem()
    #expect(problem?.type == "urn:rce:problem:queue-full")
    #expect(problem?.detail.contains("no more are taken in above 3") == true)
    while let message = try platform.queue.receive(waitMilliseconds: 1) { try platform.queue.acknowledge(message) }
    #expect(try eventually { try platform.send(ask).status == 202 })
  }
}
