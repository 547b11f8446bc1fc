import Glibc
import HostSystem
import Sandbox
import Testing

@Suite("Nothing outlives a run", .onEachBackend)
struct CleanupTests {
  /// Command lines of all processes of the host.
  private static func isRunning(_ mark: String) -> Bool {
    guard let directory = opendir("/proc") else { return false }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard Int32(name) != nil, let file = try? FileDescriptor.open("/proc/\(name)/cmdline", O_RDONLY),
        let bytes = try? file.readAll()
      else { continue }
      if String(decoding: bytes, as: UTF8.self).contains(mark) { return true }
    }
    return false
  }

  @Test(
    "daemons die with their program, whether it ends or is stopped",
    arguments: [("true", nil), ("sleep 60", .wall), ("yes", .output)] as [(String, SandboxLimit?)])
  func daemons(end: String, limit: SandboxLimit?) throws {
    let mark = "3141\(UInt32.random(in: 0..<1_000_000)).5"
    let script = "(setsid sh -c 'sleep \(mark) & sleep \(mark)' >/dev/null 2>&1 &); sleep 0.1; \(end)"
    let outcome = try SandboxFixture.shell(script) { $0.wall = .milliseconds(600) }
    #expect(outcome.exceeded == limit)
    #expect(!Self.isRunning(mark))
  }

  @Test("daemons that hold the output open do not hold the run up")
  func heldOutput() throws {
    let outcome = try SandboxFixture.shell("(sleep 60 &); echo done") { $0.wall = .seconds(20) }
    #expect(outcome.end == .exited(0))
    #expect(outcome.text == "done\n")
    #expect(outcome.wall < .seconds(5))
  }

  @Test("the CPU time of children counts, also of those that nobody waits for")
  func daemonCPU() throws {
    let script = "(while :; do :; done) & sleep 0.5; exit 0"
    let outcome = try SandboxFixture.shell(script)
    #expect(outcome.end == .exited(0))
    #expect(outcome.cpu > .milliseconds(100))
  }

  @Test("no descriptor of the supervisor stays open")
  func descriptors() throws {
    let sandbox = try SandboxFixture.standard.get()
    func count() -> Int { (0..<4_096).count { fcntl(Int32($0), F_GETFD) >= 0 } }
    let request = SandboxRequest(["/bin/true"], limits: SandboxFixture.limits)
    _ = try sandbox.run(request)
    var smallest = Int.max
    let before = count()
    // Other tests open and close descriptors of this process meanwhile; what leaks would stay.
    for _ in 0..<50 {
      _ = try sandbox.run(request)
      smallest = min(smallest, count())
    }
    #expect(smallest <= before + 20)
  }

  @Test("many threads run programs at once")
  func parallel() throws {
    let failures = Lock(0)
    let sandbox = SandboxFixture.standard
    let threads = try (0..<8).map { number in
      try NativeThread(named: "run") {
        for round in 0..<4 {
          let text = (try? SandboxFixture.shell("echo \(number) \(round)", in: sandbox))?.text
          if text != "\(number) \(round)\n" { failures.withLock { $0 += 1 } }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(failures.withLock { $0 } == 0)
  }
}
