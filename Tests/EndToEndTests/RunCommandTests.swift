import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import MicroHTTP
import Testing

/// A platform that gives no more than the documented fields, and is done with every job at once or never.
private func minimalPlatform(isSlow: Bool = false, timings: String = "{}") throws -> HTTPServer {
  try HTTPServer { request, exchange in
    if request.method == "POST" {
      let body = #"{"jobId": "\#(JobID())", "status": "queued", "message": "queued"}"#
      return exchange.answer(HTTPResponse(status: 202, contentType: "application/json", body: Array(body.utf8)))
    }
    let state = isSlow ? "queued" : "completed"
    let body =
      #"{"status": "\#(state)", "result": "Hello, World!", "timestamp": 1640995200000, "timings": \#(timings)}"#
    exchange.answer(HTTPResponse(status: 200, contentType: "application/json", body: Array(body.utf8)))
  }
}

private func scenario(
  target: String, threshold: String = "rate(succeeded) >= 0%", phase: String = "rate: 50/s, for: 1s"
) -> String {
  """
  version: 1
  name: tiny
  target: \(target)
  mix: [{ name: hello, language: python, code: "print('Hello, World!')", expect: { stdout: "Hello, World!" } }]
  arrivals:
    process: uniform
    phases: [{ name: steady, kind: constant, \(phase) }]
  limits: { job_deadline: 30s, drain: 30s }
  thresholds: ["\(threshold)"]
  """
}

/// The folder of the one run under a folder of runs.
private func onlyRun(in folder: TemporaryFolder) throws -> String {
  let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/runs")
  #expect(names.count == 1)
  return "\(folder.path)/runs/\(try #require(names.first))"
}

@Suite("rce-bench run", .serialized, .enabled(if: BuiltPrograms.exist, "needs `make build`"))
struct RunCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ path: String, _ more: [String] = [], within seconds: Int32 = 120) throws -> FinishedProgram {
    try TestProgram.run(["run", path, "--output", "\(folder.path)/runs"] + more, within: seconds)
  }

  @Test("gives every job of the smoke scenario the verdict that it must get")
  func smoke() throws {
    let end = try run("scenarios/smoke.yaml")
    // A crowded machine may make the measurement INVALID; the verdicts must be right all the same.
    #expect(end.end == .exited(0) || end.end == .exited(5), "\(end.said)")
    #expect(end.output.contains("34 succeeded"), "\(end.said)")
    let path = try onlyRun(in: folder)
    for file in ["run.sqlite", "summary.json", "report.html", "junit.xml", "summary.md"] {
      #expect(access("\(path)/\(file)", R_OK) == 0, "\(file)")
    }
    let summary = try String(contentsOf: URL(filePath: "\(path)/summary.json"), encoding: .utf8)
    #expect(summary.contains(#""coldStarts""#))
  }

  @Test("measures a platform that gives no instants and no details")
  func minimal() throws {
    let server = try minimalPlatform()
    let path = try folder.write("tiny.yaml", scenario(target: "http://127.0.0.1:\(server.port)"))
    let end = try run(path)
    #expect(end.end == .exited(0) || end.end == .exited(5), "\(end.said)")
    #expect(end.output.contains("50 succeeded"), "\(end.said)")
  }

  @Test(
    "says what is wrong with a scenario: line, key, what to do",
    arguments: [
      ("polling: { policy: fixed, intervall: 1s }", ":", "interval"),
      ("arrivalls: {}", "arrivalls", "arrivals"),
      ("mix: [{ name: a, language: python, program: programs/nothing.py }]", "programs/nothing.py", "No such file"),
      ("seed: soon", "seed", "soon"),
    ])
  func badScenario(line: String, what: String, hint: String) throws {
    let text = scenario(target: "local").split(separator: "\n").filter {
      !line.hasPrefix("mix") || !$0.hasPrefix("mix")
    }.joined(separator: "\n")
    let path = try folder.write("bad.yaml", "\(text)\n\(line)\n")
    let end = try run(path)
    #expect(end.end == .exited(2), "\(end.said)")
    let number = text.split(separator: "\n").count + 1
    #expect(end.errors.contains("bad.yaml:\(number):"), "\(end.said)")
    #expect(end.errors.contains(what) && end.errors.contains(hint), "\(end.said)")
    #expect(access("\(folder.path)/runs", F_OK) != 0)
  }

  @Test("says that a target cannot be reached, and leaves no run behind")
  func unreachable() throws {
    let path = try folder.write("tiny.yaml", scenario(target: "http://127.0.0.1:1"))
    let end = try run(path)
    #expect(end.end == .exited(6), "\(end.said)")
    #expect(end.errors.contains("http://127.0.0.1:1"), "\(end.said)")
    let left = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/runs")) ?? []
    #expect(left.isEmpty)
  }

  @Test("exits 3 when a threshold fails, and says which")
  func thresholdFails() throws {
    let server = try minimalPlatform()
    let text = scenario(target: "http://127.0.0.1:\(server.port)", threshold: "count(succeeded) == 7")
    let end = try run(try folder.write("tiny.yaml", text))
    #expect(end.end == .exited(3) || end.end == .exited(5), "\(end.said)")
    #expect(end.output.contains("count(succeeded) == 7"))
  }

  @Test(
    "stops on a signal with a report that is marked PARTIAL",
    arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143)), (SIGHUP, Int32(129))])
  func interrupted(signal: Int32, code: Int32) throws {
    let server = try minimalPlatform()
    let text = scenario(target: "http://127.0.0.1:\(server.port)", phase: "rate: 20/s, for: 60s")
    let path = try folder.write("tiny.yaml", text)
    let program = try TestProgram(["run", path, "--output", "\(folder.path)/runs", "--plain"])
    #expect(eventually { program.text.errors.contains(" ok") ? true : nil } == true)
    program.child.signal(signal)
    let end = try program.finish(within: 60)
    #expect(end.end == .exited(code), "\(end.said)")
    #expect(end.output.contains("PARTIAL"), "\(end.said)")
    let page = try String(contentsOf: URL(filePath: "\(try onlyRun(in: folder))/report.html"), encoding: .utf8)
    #expect(page.contains("PARTIAL"))
  }

  @Test("ends at once when it is interrupted before a local stack is ready")
  func interruptedStart() throws {
    let path = try folder.write("tiny.yaml", scenario(target: "local", phase: "rate: 5/s, for: 60s"))
    let program = try TestProgram(["run", path, "--output", "\(folder.path)/runs", "--plain"])
    #expect(eventually { program.text.errors.contains("starting a local stack") ? true : nil } == true)
    program.child.signal(SIGTERM)
    let end = try program.finish(within: 60)
    // On a machine that had it ready by then, the run itself was interrupted.
    #expect(end.end == .exited(143), "\(end.said)")
  }

  @Test("exits 7 with what was measured where a condition with abort comes true")
  func aborted() throws {
    let server = try minimalPlatform()
    let text = scenario(target: "http://127.0.0.1:\(server.port)", phase: "rate: 50/s, for: 60s").replacing(
      "thresholds: [\"rate(succeeded) >= 0%\"]",
      with: "thresholds: [{ expr: \"count(succeeded) >= 40\", abort: true }]")
    let end = try run(try folder.write("tiny.yaml", text), ["--plain"])
    #expect(end.end == .exited(7), "\(end.said)")
    #expect(end.output.contains("count(succeeded) >= 40"), "\(end.said)")
    #expect(access("\(try onlyRun(in: folder))/report.html", F_OK) == 0)
  }

  @Test("exits 7 where the jobs so far have cost as much as the run may")
  func costLimit() throws {
    let server = try minimalPlatform(timings: #"{"billedMs": 60000, "memoryMB": 2048}"#)
    let text = scenario(target: "http://127.0.0.1:\(server.port)", phase: "rate: 50/s, for: 60s").replacing(
      "drain: 30s }", with: "drain: 30s, max_cost: $0.05 }")
    let end = try run(try folder.write("tiny.yaml", text), ["--plain"])
    #expect(end.end == .exited(7), "\(end.said)")
    #expect(end.output.contains("PARTIAL") && end.output.contains("max_cost"), "\(end.said)")
    #expect(access("\(try onlyRun(in: folder))/report.html", F_OK) == 0)
  }

  @Test(
    "refuses options that make no sense, and says what would",
    arguments: [
      (["--threads", "0"], "--threads"), (["--threads", "65"], "--threads"), (["--threads", "two"], "--threads"),
      (["--shard", "3/2"], "--shard takes k/n"), (["--shard", "1"], "--shard takes k/n"),
      (["--start-at", "tomorrow"], "--start-at takes an instant"),
    ])
  func options(arguments: [String], said: String) throws {
    let path = try folder.write("tiny.yaml", scenario(target: "http://127.0.0.1:1"))
    let end = try run(path, arguments)
    #expect(end.end == .exited(2) && end.errors.contains(said), "\(end.said)")
    #expect(access("\(folder.path)/runs", F_OK) != 0)
  }

  @Test("sends the jobs of any number of threads that it takes", arguments: ["1", "2", "auto"])
  func threads(number: String) throws {
    let server = try minimalPlatform()
    let end = try run(
      try folder.write("tiny.yaml", scenario(target: "http://127.0.0.1:\(server.port)")), ["--threads", number])
    #expect(end.output.contains("50 succeeded"), "\(end.said)")
  }

  @Test("shares a plan among generators, whose runs `merge` makes one of")
  func shards() throws {
    let server = try minimalPlatform()
    let path = try folder.write("tiny.yaml", scenario(target: "http://127.0.0.1:\(server.port)"))
    for number in 1...2 {
      let end = try run(path, ["--shard", "\(number)/2"])
      #expect(end.output.contains("25 succeeded"), "\(end.said)")
    }
    let missing = try TestProgram.run(["merge", try onePart(of: "\(folder.path)/runs")])
    #expect(missing.end == .exited(2) && missing.errors.contains("/2 is missing"), "\(missing.said)")
    let merged = try TestProgram.run(["merge", "\(folder.path)/runs", "--output", "\(folder.path)/merged"])
    // The shards ran one after the other, which is not the load that the plan wants.
    #expect(merged.end == .exited(5), "\(merged.said)")
    #expect(merged.output.contains("50 succeeded") && merged.output.contains("Shards together"), "\(merged.said)")
    let closed = scenario(target: "http://127.0.0.1:1").replacing("process: uniform", with: "process: closed")
      .replacing(
        "kind: constant, rate: 50/s, for: 1s", with: "concurrency: 2, for: 1s")
    let refused = try run(try folder.write("closed.yaml", closed), ["--shard", "1/2"])
    #expect(refused.end == .exited(2) && refused.errors.contains("phase steady is closed"), "\(refused.said)")
  }

  private func onePart(of folder: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return "\(folder)/\(try #require(names.min()))"
  }

  @Test(
    "says of which revision the scenario was, and in which version of HTTP the target answered",
    .enabled(if: access("/usr/bin/git", X_OK) == 0, "git is not installed"))
  func revision() throws {
    let server = try minimalPlatform()
    let path = try folder.write("tiny.yaml", scenario(target: "http://127.0.0.1:\(server.port)"))
    let identity = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    for arguments in [["init", "-q"], ["add", "tiny.yaml"], identity + ["commit", "-qm", "x"]] {
      let end = try TestProgram.run(["-C", folder.path] + arguments, program: "/usr/bin/git")
      #expect(end.end == .exited(0), "\(end.said)")
    }
    let commit = try TestProgram.run(["-C", folder.path, "rev-parse", "HEAD"], program: "/usr/bin/git").output
    let clean = try run(path, ["--json"])
    #expect(clean.output.contains("\"revision\" : \"\(commit.dropLast())\""), "\(clean.said)")
    #expect(clean.output.contains("\"HTTP\" : \"1.1\""), "\(clean.said)")
    _ = try folder.write("tiny.yaml", scenario(target: "http://127.0.0.1:\(server.port)") + "\n# changed\n")
    let changed = try run(path, ["--json"])
    #expect(changed.output.contains("\(commit.dropLast())-changed"), "\(changed.said)")
  }

  @Test(
    "goes on measuring on a full disk, and exits 5 with what was lost",
    .enabled(if: geteuid() == 0, "only root can make a small disk"))
  func fullDisk() throws {
    let server = try minimalPlatform()
    let small = "\(folder.path)/small"
    mkdir(small, 0o755)
    guard mount("rce-bench-test", small, "tmpfs", 0, "size=1m") == 0 else {
      print("SKIPPED: mounting is not allowed here")
      return
    }
    defer { umount2(small, Int32(MNT_DETACH)) }
    let path = try folder.write(
      "tiny.yaml", scenario(target: "http://127.0.0.1:\(server.port)", phase: "rate: 500/s, for: 10s"))
    let end = try TestProgram.run(["run", path, "--plain", "--output", small])
    #expect(end.end == .exited(5), "\(end.said)")
    #expect(end.errors.contains("measuring goes on") && end.errors.contains("jobs are lost"), "\(end.said)")
    #expect(end.errors.contains("of 5000 jobs"), "\(end.said)")
  }

  @Test("appends to the page of a GitHub Actions run when asked, and refuses before the run where it cannot")
  func stepSummary() throws {
    let server = try minimalPlatform()
    let path = try folder.write("tiny.yaml", scenario(target: "http://127.0.0.1:\(server.port)"))
    let arguments = ["run", path, "--output", "\(folder.path)/runs", "--plain", "--github-step-summary"]
    let refused = try TestProgram.run(arguments)
    #expect(refused.end == .exited(2) && refused.errors.contains("GITHUB_STEP_SUMMARY"), "\(refused.said)")
    let page = try folder.write("page.md", "# before\n")
    let end = try TestProgram.run(arguments, environment: ["GITHUB_STEP_SUMMARY=\(page)"])
    #expect(end.end == .exited(0) || end.end == .exited(5), "\(end.said)")
    let text = try String(contentsOfFile: page, encoding: .utf8)
    let summary = try String(contentsOfFile: "\(try onlyRun(in: folder))/summary.md", encoding: .utf8)
    #expect(text == "# before\n" + summary + "\n")
  }

  @Test("keeps what was measured when it is killed")
  func killed() throws {
    let server = try minimalPlatform()
    let text = scenario(target: "http://127.0.0.1:\(server.port)", phase: "rate: 20/s, for: 60s")
    let path = try folder.write("tiny.yaml", text)
    let program = try TestProgram(["run", path, "--output", "\(folder.path)/runs", "--plain"])
    #expect(eventually(within: 30) { program.text.errors.contains("20") ? true : nil } == true)
    usleep(2_500_000)
    program.child.signal(SIGKILL)
    _ = try program.finish(within: 30)
    let report = try TestProgram.run(["report", try onlyRun(in: folder)])
    #expect(report.end == .exited(130), "\(report.said)")
    #expect(report.output.contains("PARTIAL") && report.output.contains("succeeded"), "\(report.said)")
  }

  @Test("ends a local stack with the run, even when the run is interrupted")
  func stackGoes() throws {
    let text = scenario(target: "local", phase: "rate: 5/s, for: 60s")
    let path = try folder.write("tiny.yaml", text)
    let program = try TestProgram(["run", path, "--output", "\(folder.path)/runs", "--plain"])
    #expect(
      eventually(within: 40) {
        program.text.errors.contains("1 of 300 ok") || program.text.errors.contains("ok |") ? true : nil
      } == true)
    program.child.signal(SIGINT)
    let end = try program.finish(within: 60)
    #expect(end.end == .exited(130), "\(end.said)")
  }

  @Test("prints the plan and sends nothing with --dry-run")
  func dryRun() throws {
    let end = try run("scenarios/steady.yaml", ["--dry-run", "--set", "seed=7"])
    #expect(end.end == .exited(0), "\(end.said)")
    #expect(end.output.contains("steady") && end.output.contains("seed 7"), "\(end.said)")
    #expect(access("\(folder.path)/runs", F_OK) != 0)
  }

  @Test("says with --dry-run how many of the plan's jobs a shard sends")
  func dryRunOfShard() throws {
    let jobs = try (1...3).map { shard in
      let end = try run("scenarios/steady.yaml", ["--dry-run", "--shard", "\(shard)/3"])
      #expect(end.end == .exited(0) && end.errors.contains("shard \(shard)/3 sends "), "\(end.said)")
      let words = end.errors.split(whereSeparator: \.isWhitespace)
      return (own: words.compactMap { Int($0) }.first ?? 0, all: words.compactMap { Int($0) }.last ?? -1)
    }
    #expect(jobs.map(\.own).reduce(0, +) == jobs[0].all)
  }

  @Test(
    "refuses to measure as a debug build",
    .enabled(if: access("\(BuiltPrograms.package)/.build/debug/rce-bench", X_OK) == 0))
  func debugBuild() throws {
    let end = try TestProgram.run(
      ["run", "scenarios/smoke.yaml"], program: "\(BuiltPrograms.package)/.build/debug/rce-bench")
    #expect(end.end == .exited(2), "\(end.said)")
    #expect(end.errors.contains("debug build"))
  }

  @Test("finds every problem with `check`")
  func check() throws {
    let good = try TestProgram.run(["check", "scenarios/smoke.yaml", "scenarios/steady.yaml"])
    #expect(good.end == .exited(0), "\(good.said)")
    let bad = try folder.write("bad.yaml", "version: 1\nnam: x\nseed: -1\n")
    let end = try TestProgram.run(["check", bad])
    #expect(end.end == .exited(2))
    #expect(end.errors.contains("bad.yaml:2:") && end.errors.contains("bad.yaml:3:"), "\(end.said)")
  }
}
