import Curl
import Glibc
import HostSystem
import JobBackends
import Jobs
import LambdaHost
import TestServices
import Testing

@Suite("A host by Lambda's rules")
struct EnvironmentRulesTests {
  private static let second: Int64 = 1_000_000_000

  @Test("repeats an initialisation that failed within the invocation, and bills it as its duration")
  func repeatedInit() throws {
    let directory = try TemporaryDirectory()
    let scripted = try ScriptedHost(
      shell: """
        if mkdir \(directory.path)/first; then exit 7; fi
        sleep 0.2; echo api=$AWS_LAMBDA_RUNTIME_API; exec sleep 600
        """)
    let invocation = try scripted.invoker.invoke(request("hello"))
    #expect(invocation.result.result == "hello" && invocation.coldStart)
    #expect(invocation.readyAt - invocation.handedAt >= 200_000)
    let lines = scripted.log.filter { !$0.hasPrefix("[") }
    let words = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    try #require(words == ["INIT_REPORT", "START", "END", "REPORT"])
    #expect(lines[0].hasSuffix("\tPhase: init\tStatus: error\tError Type: Runtime.ExitError"))
    #expect(!lines[3].contains("Init Duration") && invocation.billedMs >= 200)
    #expect(lines[3].contains("\tBilled Duration: \(invocation.billedMs) ms\t"))
    #expect(scripted.host.snapshot.counters.repeatedStarts == 1)
    #expect(scripted.host.snapshot.totals.initialisations == 0)
  }

  @Test("keeps provisioned environments ready, tells their start, bills it to nobody, and replaces them")
  func provisioned() throws {
    let scripted = try ScriptedHost(
      rules(limit: 2) {
        $0.provisioned = 1
        $0.idleTimeout = Self.second / 20
      }, shell: "echo type=$AWS_LAMBDA_INITIALIZATION_TYPE; echo api=$AWS_LAMBDA_RUNTIME_API; exec sleep 600")
    let isReady = { scripted.host.snapshot.environments.map(\.state) == ["idle"] }
    #expect(eventually { isReady() })
    let invocation = try scripted.invoker.invoke(request())
    #expect(!invocation.coldStart && invocation.readyAt == invocation.handedAt)
    let report = try #require(scripted.log.first { $0.hasPrefix("REPORT") })
    // Lambda tells the initialisation with the first invocation, and bills it with the provision.
    #expect(report.contains("\tInit Duration: "))
    let duration = try #require(report.split(separator: "\t")[1].split(separator: " ").dropFirst().first)
    // It is rounded up before the duration is rounded to hundredths, so either side of that may be billed.
    let printed = try #require(Double(duration))
    #expect([printed - 0.005, printed + 0.005].map { Int($0.rounded(.up)) }.contains(invocation.billedMs))
    #expect(scripted.host.snapshot.totals.initialisations == 0)
    #expect(scripted.log.contains { $0.hasPrefix("INIT_REPORT") && $0.hasSuffix("\tPhase: init") })
    #expect(scripted.log.contains { $0.hasSuffix(" type=provisioned-concurrency") })
    let process = try #require(scripted.processes.first)
    kill(process, SIGKILL)
    #expect(eventually { isReady() && scripted.processes.first != process })
    #expect(scripted.host.snapshot.counters.reaped == 0)
    #expect(scripted.host.snapshot.environments.first?.type == "provisioned-concurrency")
  }

  @Test("gives each tenant environments of its own, says whose work it is, and makes room for another tenant")
  func tenants() throws {
    let seen = Lock<[String]>([])
    let scripted = try ScriptedHost(rules(limit: 1) { $0.isolatesTenants = true }) { bootstrap in
      while true {
        let work = try bootstrap.next()
        let tenant = work.answer.header("lambda-runtime-aws-tenant-id") ?? "-"
        seen.withLock { $0.append(tenant) }
        try bootstrap.respond(work.requestId, result(of: work.request))
      }
    }
    let names = try ["a", "a", "b", nil].map { try scripted.invoker.invoke(of($0)).environmentId }
    #expect(names[0] == names[1] && Set(names).count == 3)
    #expect(seen.withLock { $0 } == ["a", "a", "b", "-"])
    #expect(scripted.host.snapshot.counters.evicted == 2)
    #expect(scripted.host.snapshot.isolatesTenants)
  }

  @Test("says nothing of tenants where they are not isolated")
  func noTenants() throws {
    let seen = Lock<String?>("unseen")
    let scripted = try ScriptedHost { bootstrap in
      let work = try bootstrap.next()
      seen.withLock { $0 = work.answer.header("lambda-runtime-aws-tenant-id") }
      try bootstrap.respond(work.requestId, result(of: work.request))
    }
    _ = try scripted.invoker.invoke(of("a"))
    #expect(seen.withLock { $0 } == nil)
  }

  @Test("throttles a direct invocation where all are busy, and lets a poller wait")
  func throttles() throws {
    let isTaken = Lock(false)
    let gate = Lock(false)
    let scripted = try ScriptedHost(rules(limit: 1)) { bootstrap in
      let work = try bootstrap.next()
      isTaken.withLock { $0 = true }
      isTaken.notifyAll()
      _ = gate.wait(until: .now + 20 * Self.second) { $0 ? true : nil }
      try bootstrap.respond(work.requestId, result(of: work.request))
      try bootstrap.echo()
    }
    let results = Lock<[String]>([])
    let callers = try ["first", "second"].map { name in
      try NativeThread(named: "caller") {
        if let answer = try? scripted.invoker.invoke(request(name)) {
          results.withLock { $0.append(answer.result.result) }
        }
      }
    }
    _ = isTaken.wait(until: .now + 20 * Self.second) { $0 ? true : nil }
    #expect(eventually { scripted.host.snapshot.waiting == 1 })
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invokeDirectly(request()) }
    #expect(error?.kind == .throttled)
    #expect(error?.description.contains("all 1 invocations") == true)
    gate.withLock { $0 = true }
    gate.notifyAll()
    for caller in callers { caller.join() }
    #expect(results.withLock { $0 }.sorted() == ["first", "second"])
    #expect(scripted.host.snapshot.counters.throttled == 1)
  }

  @Test("replaces an environment that says that it must not be used again, before it gets more work")
  func problem() throws {
    let scripted = try ScriptedHost(rules(limit: 1)) { bootstrap in
      while true {
        let work = try bootstrap.next()
        let details = ExecutionDetails(exitCode: 0, stdout: CapturedOutput(Array("ok\n".utf8)))
        let problem = work.request.code == "bad" ? "process 7 could not be killed" : nil
        let answer = ExecutionResult(details: details, compiledAt: 0, finishedAt: 0, environmentProblem: problem)
        try bootstrap.respond(work.requestId, encode(answer))
      }
    }
    let names = try ["good", "bad", "good"].map { try scripted.invoker.invoke(request($0)).environmentId }
    #expect(names[0] == names[1] && names[1] != names[2])
    #expect(scripted.host.snapshot.counters.recycledForProblem == 1)
  }

  @Test("holds an environment for a lease, so that its jobs run one after the other in the same one")
  func lease() throws {
    let scripted = try ScriptedHost(rules(limit: 2))
    let lease = EnvironmentLease()
    let first = try scripted.invoker.invoke(request(), on: lease)
    let other = try scripted.invoker.invoke(request())
    let second = try scripted.invoker.invoke(request(), on: lease)
    #expect(first.environmentId == second.environmentId && other.environmentId != first.environmentId)
    #expect(scripted.host.snapshot.environments.count(where: \.isLeased) == 1)
    scripted.invoker.end(lease)
    #expect(scripted.host.snapshot.environments.count(where: \.isLeased) == 0)
  }

  @Test("keeps tenants and leases apart under many callers, and answers each of them")
  func manyTenants() throws {
    let scripted = try ScriptedHost(
      rules(limit: 3) {
        $0.isolatesTenants = true
        $0.maximumConcurrency = 2
        $0.provisioned = 1
        // However busy this machine is, no lease goes on with another environment.
        $0.settleGrace = 9 * Self.second
      })
    let served = Lock<[String: Set<String>]>([:])
    let wrong = Lock<[String]>([])
    let callers = try (0..<6).map { caller in
      try NativeThread(named: "caller") {
        for round in 0..<8 {
          let lease = EnvironmentLease()
          var names: Set<String> = []
          for job in 0..<3 {
            var work = request("\(caller).\(round).\(job)")
            work.tenant = "tenant-\(caller % 3)"
            guard let answer = try? scripted.invoker.invoke(work, on: lease), answer.result.result == work.code else {
              wrong.withLock { $0.append(work.code) }
              continue
            }
            names.insert(answer.environmentId)
            served.withLock { _ = $0[answer.environmentId, default: []].insert("tenant-\(caller % 3)") }
          }
          if names.count != 1 { wrong.withLock { $0.append("\(caller).\(round) had \(names)") } }
          scripted.invoker.end(lease)
        }
      }
    }
    for caller in callers { caller.join() }
    #expect(wrong.withLock { $0 }.isEmpty)
    #expect(served.withLock { $0 }.values.allSatisfy { $0.count == 1 })
    let snapshot = scripted.host.snapshot
    #expect(snapshot.counters.answered == 144 && snapshot.waiting == 0)
    #expect(snapshot.environments.allSatisfy { !$0.isLeased })
    #expect(snapshot.counters.evicted > 0)
  }

  private func of(_ tenant: String?) -> ExecutionRequest {
    var work = request()
    work.tenant = tenant
    return work
  }
}

@Suite("What costs an environment its place")
struct RetirementRuleTests {
  private static func body(
    _ error: ErrorType? = nil, problem: String? = nil, stdout: String = "fine\n"
  ) throws -> [UInt8] {
    let details = ExecutionDetails(errorType: error, stdout: CapturedOutput(Array(stdout.utf8)))
    return try encode(
      ExecutionResult(details: details, compiledAt: 1, finishedAt: 2, environmentProblem: problem))
  }

  @Test(
    "is a broken limit, where that is asked for",
    arguments: [
      (ErrorType.timeout, true), (.memoryLimit, true), (.processLimit, true), (.diskLimit, true), (.outputLimit, true),
      (.compileError, false), (.runtimeError, false), (.internalError, false),
    ])
  func limits(error: ErrorType, retires: Bool) throws {
    let body = try Self.body(error)
    let reason = RetirementRule(afterLimit: true).reason(in: body)
    #expect(reason == (retires ? RetirementReason(.limit, "its program ended with \(error.rawValue)") : nil))
    #expect(RetirementRule(afterLimit: false).reason(in: body) == nil)
  }

  @Test("is a problem that the executor tells, whatever else is told", arguments: [true, false])
  func problem(afterLimit: Bool) throws {
    let reason = RetirementRule(afterLimit: afterLimit).reason(in: try Self.body(.timeout, problem: "left a mount"))
    #expect(reason == RetirementReason(.problem, "left a mount"))
  }

  @Test(
    "is nothing that a program prints",
    arguments: [
      #""environmentProblem":"x""#, #"{"details":{"errorType":"timeout"}}"#, #""environmentProblem"#, #""errorType"#,
      "Problem\"", "P", "T",
    ])
  func printed(text: String) throws {
    #expect(RetirementRule(afterLimit: true).reason(in: try Self.body(stdout: text)) == nil)
    #expect(RetirementRule(afterLimit: true).reason(in: Array(text.utf8)) == nil)
    #expect(RetirementRule(afterLimit: true).reason(in: []) == nil)
  }
}
