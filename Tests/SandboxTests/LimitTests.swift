import HostSystem
import Sandbox
import Testing

@Suite("Limits hold for the whole process tree", .onEachBackend)
struct LimitTests {
  @Test(
    "the wall clock stops what sleeps, stops itself or ignores signals",
    arguments: [
      "sleep 60", "kill -STOP $$", "kill -STOP 0; sleep 60", "trap '' TERM INT HUP XCPU; sleep 60; sleep 60",
      "setsid sleep 60 & wait",
    ])
  func wall(script: String) throws {
    let outcome = try SandboxFixture.shell("echo begun; \(script)") { $0.wall = .milliseconds(300) }
    #expect(outcome.exceeded == .wall)
    #expect(outcome.end == .signalled(9))
    #expect(outcome.text == "begun\n")
    #expect(outcome.wall >= .milliseconds(300) && outcome.wall < .seconds(3))
    #expect(outcome.cpu < .milliseconds(200))
  }

  @Test(
    "CPU time is limited for all processes together",
    arguments: ["while :; do :; done", "trap '' XCPU; (while :; do :; done) & while :; do :; done"])
  func cpu(script: String) throws {
    let outcome = try SandboxFixture.shell(script) { $0.cpu = .milliseconds(300) }
    #expect(outcome.exceeded == .cpu)
    #expect(outcome.cpu >= .milliseconds(300) && outcome.cpu < .milliseconds(600))
  }

  @Test(
    "without a control group the whole tree is watched all the same",
    arguments: [
      ("while True: pass", .cpu), ("import os\nos.fork()\nwhile True: pass", .cpu),
      ("import time\nx = bytearray(200 << 20); time.sleep(60)", .memory),
      (
        "import os, time\nx = bytearray(30 << 20)\nfor _ in range(3): os.fork()\nx[::4096] = x[1::4096]; time.sleep(60)",
        .memory
      ),
      ("import os, time\nfor _ in range(8): os.fork()\ntime.sleep(60)", .processes),
      (
        "import threading, time\nfor _ in range(30): threading.Thread(target=time.sleep, args=(60,)).start()",
        .processes
      ),
    ] as [(String, SandboxLimit)])
  func withoutControlGroup(script: String, limit: SandboxLimit) throws {
    let outcome = try SandboxFixture.python(
      script,
      { limits in
        limits.cpu = .milliseconds(700)
        limits.memoryBytes = 100 << 20
        limits.processes = 20
      }, in: SandboxFixture.withoutControlGroups)
    #expect(outcome.exceeded == limit)
    #expect(outcome.wall < .seconds(10))
    if limit == .cpu { #expect(outcome.cpu >= .milliseconds(680) && outcome.cpu < .milliseconds(1_500)) }
    if limit == .memory { #expect(outcome.peakMemoryBytes > 100 << 20) }
  }

  @Test(
    "memory is limited wherever it is held", .enabled(if: SandboxFixture.hasControlGroups),
    arguments: [
      "x = bytearray(200 << 20)", "open('/dev/shm/x', 'wb').write(bytes(60 << 20))",
      "f = open('/tmp/x', 'wb')\nwhile True: f.write(bytes(1 << 20))",
      "import os\nf = os.fdopen(os.memfd_create('x'), 'wb')\nwhile True: f.write(bytes(1 << 20))",
      "import os\nif os.fork() == 0: x = bytearray(200 << 20)\nelse: os.wait(); raise SystemExit(1)",
    ])
  func memory(script: String) throws {
    let outcome = try SandboxFixture.python(script) {
      $0.memoryBytes = 48 << 20
      $0.fileBytes = 256 << 20
    }
    #expect(outcome.exceeded == .memory)
    #expect(outcome.peakMemoryBytes > 40 << 20 && outcome.peakMemoryBytes < 60 << 20)
  }

  @Test("a fork bomb is contained and named", .enabled(if: SandboxFixture.hasControlGroups))
  func forkBomb() throws {
    let outcome = try SandboxFixture.python("import os\nwhile True: os.fork()") { $0.processes = 20 }
    #expect(outcome.exceeded == .processes)
    let stubborn = try SandboxFixture.shell("f() { f & f & }; while :; do f; done") {
      $0.processes = 20
      $0.wall = .seconds(1)
    }
    #expect(stubborn.exceeded == .processes)
  }

  @Test("as many processes as are allowed may run", .enabled(if: SandboxFixture.hasControlGroups))
  func allowedProcesses() throws {
    let script = "import os\nfor _ in range(9):\n  if os.fork() == 0: os.read(0, 1); os._exit(0)\n"
    let outcome = try SandboxFixture.python(script) { $0.processes = 10 }
    #expect(outcome.end == .exited(0))
    #expect(outcome.exceeded == nil)
  }

  @Test("a file ends at its limit")
  func fileSize() throws {
    let outcome = try SandboxFixture.shell("exec head -c 3000000 /dev/zero > /box/x") { $0.fileBytes = 1 << 20 }
    #expect(outcome.exceeded == .file)
    #expect(outcome.end == .signalled(25))
  }

  @Test("many small files fill a private file system, not the host")
  func fileSystemSize() throws {
    let script = "for i in $(seq 100); do head -c 500000 /dev/zero > /tmp/$i || exit 7; done"
    let outcome = try SandboxFixture.shell(script) { $0.fileBytes = 1 << 20 }
    #expect(outcome.end == .exited(7))
    #expect(outcome.errorText.contains("No space left on device"))
  }

  @Test("a program cannot raise its own limits")
  func ownLimits() throws {
    let outcome = try SandboxFixture.python(
      "import resource as r\ntry: r.setrlimit(r.RLIMIT_NOFILE, (9999, 9999))\nexcept ValueError: print('refused')")
    #expect(outcome.text == "refused\n")
  }
}
