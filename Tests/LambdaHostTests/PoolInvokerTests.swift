import Curl
import Glibc
import HostSystem
import JobBackends
import Jobs
import LambdaHost
import TestServices
import Testing

@Suite("An invoker on a pool of environments")
struct PoolInvokerTests {
  @Test("waits for a cold environment, then finds it warm, and bills and logs both")
  func coldThenWarm() throws {
    let scripted = try ScriptedHost()
    let cold = try scripted.invoker.invoke(request("first"))
    let warm = try scripted.invoker.invoke(request("second"))
    #expect(cold.result.result == "first" && warm.result.result == "second")
    #expect(cold.coldStart && !warm.coldStart)
    #expect(cold.readyAt > cold.handedAt && warm.readyAt == warm.handedAt)
    #expect(abs(WallClock.microseconds - warm.readyAt) < 5_000_000)
    #expect(cold.environmentId == warm.environmentId && cold.environmentId.hasPrefix("env-"))
    #expect(cold.memoryMB == 512)
    let lines = scripted.log.filter { !$0.hasPrefix("[") }
    try #require(lines.count == 6)
    let names = lines.map { $0.split(separator: " ").first.map(String.init) }
    #expect(names == ["START", "END", "REPORT", "START", "END", "REPORT"])
    #expect(lines[2].contains("\tBilled Duration: \(cold.billedMs) ms\tMemory Size: 512 MB\tMax Memory Used: "))
    #expect(lines[2].contains("\tInit Duration: ") && !lines[5].contains("Init Duration"))
    #expect(lines[5].contains("\tBilled Duration: \(warm.billedMs) ms\t"))
    let requestIds = Set(lines.compactMap { $0.split(separator: "\t")[0].split(separator: " ").dropFirst(2).first })
    #expect(requestIds.count == 2)
  }

  @Test("gives the environment the payload with Lambda's headers")
  func headers() throws {
    let seen = Lock<HTTPClientResponse?>(nil)
    let scripted = try ScriptedHost { bootstrap in
      let work = try bootstrap.next()
      seen.withLock { $0 = work.answer }
      try bootstrap.respond(work.requestId, result(of: work.request))
    }
    let before = WallClock.milliseconds
    let sent = request("print('é')")
    _ = try scripted.invoker.invoke(sent)
    let answer = try #require(seen.withLock { $0 })
    #expect(try decode(answer.body) as ExecutionRequest == sent)
    let deadline = try #require(answer.header("lambda-runtime-deadline-ms").flatMap { Int64($0) })
    #expect((before + 30_000...WallClock.milliseconds + 30_000).contains(deadline))
    #expect(
      answer.header("lambda-runtime-invoked-function-arn")
        == "arn:aws:lambda:local:000000000000:function:rce-executor")
    let trace = try #require(answer.header("lambda-runtime-trace-id"))
    #expect(trace.hasPrefix("Root=1-") && trace.utf8.count == 74 && trace.hasSuffix(";Sampled=0"))
    #expect(JobID(answer.header("lambda-runtime-aws-request-id") ?? "") != nil)
  }

  @Test("refuses answers that the environment does not owe, and calls that are not the API's")
  func refusals() throws {
    let statuses = Lock<[Int]>([])
    let scripted = try ScriptedHost { bootstrap in
      let work = try bootstrap.next()
      let answer = try result(of: work.request)
      let other = try HTTPClient()
      let foreign = bootstrap.base.replacing("/environments/", with: "/environments/0")
      let results = [
        try bootstrap.respond(JobID().description, answer),
        try other.send(.init(url: bootstrap.base + "/invocation/next")).status,
        try other.send(.init(url: foreign + "/invocation/next")).status,
        try other.send(.init(url: bootstrap.base + "/invocation/later")).status,
        try other.send(.init(method: "DELETE", url: bootstrap.base + "/invocation/next")).status,
        try bootstrap.post("/init/error", [], type: "Late").status,
        try bootstrap.respond(work.requestId, answer),
        try bootstrap.respond(work.requestId, answer),
      ]
      statuses.withLock { $0 = results }
      statuses.notifyAll()
      try bootstrap.echo()
    }
    _ = try scripted.invoker.invoke(request())
    let all = statuses.wait(until: .now + 10_000_000_000) { $0.count == 8 ? $0 : nil }
    #expect(all == [400, 403, 403, 404, 405, 403, 202, 400])
  }

  @Test("tells an error that the function reported, and uses the environment again")
  func functionError() throws {
    let scripted = try ScriptedHost { bootstrap in
      let work = try bootstrap.next()
      try bootstrap.post(
        "/invocation/\(work.requestId)/error", Array(#"{"errorMessage":"no disk"}"#.utf8), type: "Executor.NoDisk")
      try bootstrap.echo()
    }
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    #expect(error?.kind == .environmentFailed)
    #expect(error?.description.contains(#"reported Executor.NoDisk: {"errorMessage":"no disk"}"#) == true)
    #expect(try scripted.invoker.invoke(request("again")).coldStart == false)
    #expect(scripted.log.contains { $0.contains("\tStatus: error\tError Type: Executor.NoDisk") })
  }

  @Test("does not take a response above Lambda's limit, nor one that is no result")
  func badResponses() throws {
    let statuses = Lock<[Int]>([])
    let scripted = try ScriptedHost { bootstrap in
      let large = try bootstrap.next()
      let first = try bootstrap.respond(large.requestId, [UInt8](repeating: 65, count: 6_291_557))
      let wrong = try bootstrap.next()
      let second = try bootstrap.respond(wrong.requestId, Array("{}".utf8))
      statuses.withLock { $0 = [first, second] }
      statuses.notifyAll()
      try bootstrap.echo()
    }
    let tooLarge = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    let unreadable = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    #expect(tooLarge?.kind == .invalid && unreadable?.kind == .invalid)
    #expect(tooLarge?.description.contains("6291556 bytes") == true)
    #expect(statuses.wait(until: .now + 10_000_000_000) { $0.isEmpty ? nil : $0 } == [413, 202])
  }

  @Test("refuses a payload above Lambda's limit without disturbing an environment")
  func payloadLimit() throws {
    let scripted = try ScriptedHost()
    let large = request(String(repeating: "x", count: 6_300_000))
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invoke(large) }
    #expect(error?.kind == .invalid)
    #expect(scripted.processes.isEmpty)
  }

  @Test("serves many callers with no more environments than its limit, each its own answer")
  func manyCallers() throws {
    let scripted = try ScriptedHost(rules(limit: 3))
    let invoker = scripted.invoker
    let wrong = Lock<[String]>([])
    let threads = try (0..<8).map { caller in
      try NativeThread(named: "caller") {
        for round in 0..<20 {
          let text = "\(caller).\(round)"
          let answer = (try? invoker.invoke(request(text)))?.result.result
          if answer != text { wrong.withLock { $0.append("\(text): \(answer ?? "-")") } }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(wrong.withLock { $0 }.isEmpty)
    let counters = scripted.host.snapshot.counters
    #expect(counters.answered == 160 && counters.started <= 3)
  }
}
