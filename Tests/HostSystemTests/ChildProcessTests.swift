import Glibc
import HostSystem
import Testing

@Suite("A child process")
struct ChildProcessTests {
  /// Runs a shell script to its end with its standard output in a pipe.
  private static func shell(
    _ script: String, _ change: (inout ProcessRequest) throws -> Void = { _ in }
  ) throws -> (end: ProcessEnd, output: String) {
    var pipe = try Pipe()
    guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
      throw SystemCallError("pipe2", code: EBADF)
    }
    var request = ProcessRequest("/bin/sh", ["-c", script], environment: ["PATH=/usr/bin:/bin"])
    request.descriptors = [-1, writing.number, writing.number]
    try change(&request)
    let child = try ChildProcess(request)
    _ = consume writing
    let output = try reading.readAll()
    return (try child.wait().end, String(decoding: output, as: UTF8.self))
  }

  @Test("tells exit codes and signals apart")
  func ends() throws {
    #expect(try Self.shell("exit 0").end == .exited(0))
    #expect(try Self.shell("exit 137").end == .exited(137))
    #expect(try Self.shell("kill -9 $$").end == .signalled(9))
  }

  @Test("has the environment that was said and nothing else")
  func environment() throws {
    setenv("RCE_CHILD_CANARY", "secret", 1)
    #expect(try Self.shell("env").output == "PATH=/usr/bin:/bin\nPWD=\(try workingDirectory())\n")
  }

  private func workingDirectory() throws -> String {
    guard let path = getcwd(nil, 0) else { throw SystemCallError("getcwd") }
    defer { free(path) }
    return String(cString: path)
  }

  @Test("has the descriptors that were listed and no other")
  func descriptors() throws {
    let other = try FileDescriptor.open("/etc/passwd", O_RDONLY)
    #expect(fcntl(other.number, F_SETFD, 0) == 0)
    let ends = try Self.shell("echo /proc/self/fd/*; readlink /proc/self/fd/0")
    // The shell itself opens none while it expands a pattern but the directory.
    #expect(ends.output == "/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3\n/dev/null\n")
  }

  @Test("gets descriptors in the order listed, whatever their numbers are here")
  func crossedDescriptors() throws {
    let first = try FileDescriptor.sealedMemory(named: "first", Array("first".utf8))
    let second = try FileDescriptor.sealedMemory(named: "second", Array("second".utf8))
    let result = try Self.shell("cat <&3; cat <&4; cat <&5; cat") { request in
      // The same file in two places would share its offset, so each stands once.
      request.descriptors = [second.number, request.descriptors[1], request.descriptors[1], first.number, -1, -1]
    }
    #expect(result.output == "firstsecond")
    #expect(result.end == .exited(0))
  }

  @Test("starts where it was told to, with the limits that it was given")
  func directoryAndLimits() throws {
    let result = try Self.shell("pwd; ulimit -n; ulimit -c") { request in
      request.directory = "/usr"
      request.limit(Int32(RLIMIT_NOFILE.rawValue), to: 77)
      request.limit(Int32(RLIMIT_CORE.rawValue), to: 0)
    }
    #expect(result.output == "/usr\n77\n0\n")
  }

  @Test("becomes another user with no other groups, and root's threads stay root", .enabled(if: geteuid() == 0))
  func user() throws {
    let result = try Self.shell("id -u; id -g; id -G") { $0.userID = 65_534 }
    #expect(result.output == "65534\n65534\n65534\n")
    #expect(geteuid() == 0)
  }

  @Test("starts with every signal as the system has it, whatever the caller ignores or blocks")
  func signals() throws {
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    let result = try Self.shell("exec cat /proc/self/status")
    for name in ["SigBlk", "SigIgn", "SigCgt"] { #expect(result.output.contains("\(name):\t0000000000000000")) }
  }

  @Test("leads a session or a group of its own where that was asked for")
  func sessions() throws {
    let script = "cut -d' ' -f 1,5,6 /proc/$$/stat"
    let session = try Self.shell(script) { $0.newSession = true }.output.split(whereSeparator: \.isWhitespace)
    #expect(Set(session).count == 1)
    let group = try Self.shell(script) { $0.newProcessGroup = true }.output.split(whereSeparator: \.isWhitespace)
    #expect(group[0] == group[1] && group[1] != group[2])
  }

  @Test("that cannot start is an error with the reason of the step that failed")
  func failures() {
    #expect(throws: SystemCallError("start", "/nowhere", code: ENOENT)) {
      _ = try ChildProcess(ProcessRequest("/nowhere"))
    }
    #expect(throws: SystemCallError("start", "/etc", code: EACCES)) { _ = try ChildProcess(ProcessRequest("/etc")) }
    var request = ProcessRequest("/bin/true")
    request.directory = "/nowhere"
    #expect(throws: SystemCallError("start", "/bin/true", code: ENOENT)) { _ = try ChildProcess(request) }
    request = ProcessRequest("/bin/true")
    request.descriptors = [-1, -1, 9_999]
    #expect(throws: SystemCallError("start", "/bin/true", code: EBADF)) { _ = try ChildProcess(request) }
  }

  @Test("leaves neither a process nor a descriptor behind when it could not start")
  func nothingLeft() throws {
    let probe = try FileDescriptor.open("/dev/null", O_RDONLY).number
    for _ in 0..<20 { _ = try? ChildProcess(ProcessRequest("/nowhere")) }
    let after = try FileDescriptor.open("/dev/null", O_RDONLY).number
    // Other tests of this process hold descriptors meanwhile; twenty leaked ones would show.
    #expect(after < probe + 20)
  }

  @Test("can be waited for with a deadline, and signalled by its descriptor")
  func deadline() throws {
    let child = try ChildProcess(ProcessRequest("/bin/sleep", ["60"]))
    // A child cannot be copied, which #expect would do with what it is called on.
    let endedEarly = child.hasEnded(within: 20)
    let wasSignalled = child.signal(SIGTERM)
    let endedInTime = child.hasEnded(within: 10_000)
    #expect(!endedEarly && wasSignalled && endedInTime)
    let (end, usage) = try child.wait()
    #expect(end == .signalled(SIGTERM))
    #expect(usage.cpuNanoseconds >= 0)
    let isStillThere = child.signal(SIGTERM)
    #expect(!isStillThere)
  }

  @Test("dies with the thread that started it where that was asked for")
  func parentDeath() throws {
    let started = Lock<Int32?>(nil)
    let thread = try NativeThread(named: "parent") {
      var request = ProcessRequest("/bin/sleep", ["60"])
      request.parentDeathSignal = SIGKILL
      guard let child = try? ChildProcess(request) else { return }
      started.withLock { $0 = child.id }
    }
    thread.join()
    let child = try #require(started.withLock { $0 })
    // Any thread of the process may wait for it.
    var status: Int32 = 0
    #expect(waitpid(child, &status, 0) == child)
    #expect(status & 0x7f == SIGKILL)
  }
}
