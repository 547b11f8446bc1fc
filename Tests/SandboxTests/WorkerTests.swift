import Glibc
import HostSystem
import Sandbox
import Testing

@Suite("Programs that wait for their work in the sandbox", .onEachBackend, .timeLimit(.minutes(15)))
struct WorkerTests {
  private static let marker = Array("ready\n".utf8)

  private static func request(_ script: String, _ change: (inout SandboxLimits) -> Void = { _ in }) -> SandboxRequest {
    var limits = SandboxFixture.limits
    change(&limits)
    return SandboxRequest(
      ["/usr/bin/python3", "-I", "-S", "-u", "-c", "print('ready')\nimport os, sys, time\n" + script],
      environment: SandboxFixture.environment, limits: limits)
  }

  private static func worker(
    _ script: String, in sandbox: Result<Sandbox, SandboxError> = SandboxFixture.standard
  ) throws -> SandboxWorker {
    try sandbox.get().startWorker(request(script), readiness: marker)
  }

  /// Boots for 300 ms of CPU time, which must not count.
  private static let boot = "while time.process_time() < 0.3: pass\nprint('ready')\n"

  private static func bootedWorker(
    _ script: String, in sandbox: Result<Sandbox, SandboxError> = SandboxFixture.standard
  ) throws -> SandboxWorker {
    let request = SandboxRequest(
      ["/usr/bin/python3", "-I", "-S", "-u", "-c", "import os, sys, time\n" + boot + script],
      environment: SandboxFixture.environment, limits: SandboxFixture.limits)
    return try sandbox.get().startWorker(request, readiness: marker)
  }

  @Test("a worker does its work once, and only what it does then is seen")
  func once() throws {
    let worker = try Self.worker("print(sys.stdin.read()); sys.stderr.write('err'); sys.exit(7)")
    let isReady = worker.isReady
    #expect(isReady)
    let outcome = try worker.run(Array("héllo".utf8), limits: SandboxFixture.limits)
    #expect(outcome.text == "héllo\n")
    #expect(outcome.errorText == "err")
    #expect(outcome.end == .exited(7))
    #expect(outcome.exceeded == nil)
    #expect(!worker.isReady)
    #expect(throws: SandboxError.self) { try worker.run([], limits: SandboxFixture.limits) }
  }

  @Test("what the boot took counts for nothing", arguments: [true, false])
  func baseline(hasControlGroup: Bool) throws {
    let sandbox = hasControlGroup ? SandboxFixture.standard : SandboxFixture.withoutControlGroups
    let worker = try Self.bootedWorker("sys.stdin.read()", in: sandbox)
    usleep(300_000)
    var limits = SandboxFixture.limits
    limits.cpu = .milliseconds(250)
    limits.wall = .milliseconds(280)
    let outcome = try worker.run([], limits: limits)
    #expect(outcome.exceeded == nil && outcome.end == .exited(0))
    #expect(outcome.cpu < .milliseconds(150), "\(outcome.cpu)")
    #expect(outcome.wall < .milliseconds(250), "\(outcome.wall)")
  }

  @Test(
    "the limits of the work hold, and stop it on time",
    arguments: [
      ("while True: pass", SandboxLimit.cpu), ("time.sleep(20)", .wall), ("while True: print('x' * 4096)", .output),
    ])
  func limits(script: String, limit: SandboxLimit) throws {
    let worker = try Self.bootedWorker("sys.stdin.read()\n" + script)
    var limits = SandboxFixture.limits
    limits.cpu = .milliseconds(200)
    limits.wall = limit == .wall ? .milliseconds(300) : .seconds(10)
    limits.outputBytes = 10_000
    let outcome = try worker.run([], limits: limits)
    #expect(outcome.exceeded == limit)
    #expect(outcome.stdout.count <= 10_000)
    if limit == .wall { #expect(outcome.wall >= .milliseconds(300) && outcome.wall < .milliseconds(1_000)) }
  }

  @Test("the process limit is that of the work", .enabled(if: SandboxFixture.hasControlGroups))
  func processes() throws {
    let worker = try Self.worker("sys.stdin.read()\nfor _ in range(9):\n  if os.fork() == 0: time.sleep(9)")
    var limits = SandboxFixture.limits
    limits.processes = 4
    #expect(try worker.run([], limits: limits).exceeded == .processes)
  }

  @Test("input is exact, more than a pipe holds included, and a worker that does not read it blocks nobody")
  func input() throws {
    let bytes = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let reader = try Self.worker(
      "print(hash(sys.stdin.buffer.read()) == hash(bytes(i * 7 % 256 for i in range(3000001))))")
    #expect(try reader.run(bytes, limits: SandboxFixture.limits).text == "True\n")
    let deaf = try Self.worker("os.read(0, 1)")
    #expect(try deaf.run(bytes, limits: SandboxFixture.limits).end == .exited(0))
  }

  @Test("input that a pipe can hold is there as a whole when the work begins")
  func wholeInput() throws {
    let script = """
      import fcntl, termios, array
      while os.read(0, 1) != b'\\n': pass
      time.sleep(0.2); n = array.array('i', [0]); fcntl.ioctl(0, termios.FIONREAD, n); print(n[0])
      """
    let worker = try Self.worker(script)
    let outcome = try worker.run([10] + [UInt8](repeating: 65, count: 900_000), limits: SandboxFixture.limits)
    #expect(outcome.text == "900000\n")
  }

  @Test("one that does not get ready is an error, and leaves nothing")
  func neverReady() throws {
    let sandbox = try SandboxFixture.standard.get()
    let mute = SandboxRequest(
      ["/bin/sleep", "30"],
      limits: {
        var l = SandboxFixture.limits; l.wall = .milliseconds(200); return l
      }())
    #expect(throws: SandboxError(.setup, "a program did not get ready for work: it ran into its limit: wall")) {
      try sandbox.startWorker(mute, readiness: Self.marker)
    }
    let failing = SandboxRequest(["/bin/sh", "-c", "echo broken >&2; exit 3"], limits: SandboxFixture.limits)
    #expect(throws: SandboxError(.setup, "a program did not get ready for work: broken")) {
      try sandbox.startWorker(failing, readiness: Self.marker)
    }
  }

  @Test("one that died while it waited is noticed")
  func death() throws {
    let worker = try Self.worker("os.kill(os.getpid(), 9)")
    let deadline = MonotonicInstant.now + 10_000_000_000
    while worker.isReady && MonotonicInstant.now < deadline { usleep(1_000) }
    #expect(!worker.isReady)
    try worker.stop()
  }

  @Test("one that is not needed any more is gone with its processes")
  func stop() throws {
    let worker = try Self.worker("os.fork(); time.sleep(60)")
    try worker.stop()
    #expect(!worker.isReady)
    try worker.stop()
  }

  // rce-jail's are children of its server, which ends with the whole supervisor.
  @Test("workers die with the thread that started them, or with all of the supervisor")
  func parentDeath() throws {
    let kept = Lock<SandboxWorker?>(nil)
    let sandbox = SandboxFixture.standard
    let thread = try NativeThread(named: "starter") {
      kept.withLock { $0 = try? Self.worker("time.sleep(60)", in: sandbox) }
    }
    thread.join()
    let worker = try #require(kept.withLock { $0 })
    let deadline = MonotonicInstant.now + 10_000_000_000
    while SandboxFixture.backend != .jail && worker.isReady && MonotonicInstant.now < deadline { usleep(1_000) }
    #expect(worker.isReady == (SandboxFixture.backend == .jail))
  }
}
