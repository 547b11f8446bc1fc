import Glibc
import HostSystem
import TestServices
import Testing

@Suite("The program rce-executor")
struct ExecutorProgramTests {
  private static let environment = ["PATH=/usr/bin:/bin", "RCE_CANARY=secret-of-the-executor"]

  private static func payload(
    _ code: String, language: String = "python", wall: Int = 10_000, memory: Int = 256, id: String = "1"
  ) -> String {
    """
    {"jobId": "00000000-0000-4000-8000-00000000000\(id)", "code": "\(code)", "language": "\(language)", "stdin": "",
     "args": [], "limits": {"wallTimeMs": \(wall), "cpuTimeMs": 10000, "memoryMB": \(memory), "outputBytes": 65536,
     "processes": 64, "fileBytes": 1048576}}
    """
  }

  private static func serve(_ server: RuntimeAPIServer, _ more: [String] = []) throws -> ExecutorProcess {
    try ExecutorProcess([], environment: environment + ["AWS_LAMBDA_RUNTIME_API=\(server.address)"] + more)
  }

  @Test("takes jobs one after the other, answers each, and ends well when it is asked to")
  func serves() throws {
    let server = try RuntimeAPIServer()
    let process = try Self.serve(server)
    server.invoke("r1", Self.payload("print(6 * 7)"))
    server.invoke("r2", Self.payload("1/0"))
    server.invoke("r3", "no JSON")
    server.invoke("r4", Self.payload("print('last')"))
    let posts = try (0..<4).map { try #require(server.post($0)) }
    #expect(
      posts.map(\.path) == [
        "invocation/r1/response", "invocation/r2/response", "invocation/r3/error", "invocation/r4/response",
      ])
    #expect(posts[0].text.contains(#""stdout":"42\n""#))
    #expect(posts[1].text.contains("Runtime error: ZeroDivisionError: division by zero (exit code 1)"))
    #expect(posts[2].errorType == "Executor.BadPayload")
    #expect(posts[3].text.contains(#""stdout":"last\n""#))
    _ = try #require(server.firstAsked())
    process.child.signal(SIGTERM)
    let result = try process.finish()
    #expect(result.end == .exited(0))
    #expect(result.errors.isEmpty)
  }

  @Test("finishes the job in hand before it ends")
  func finishesFirst() throws {
    let server = try RuntimeAPIServer()
    let process = try Self.serve(server)
    _ = try #require(server.firstAsked())
    server.invoke("r1", Self.payload("import time; time.sleep(0.7); print('kept')"))
    // The job is in hand when a process of a program's user is there.
    let users = Self.users(of: process.child.id)
    let deadline = MonotonicInstant.now + 10_000_000_000
    while Self.processes(ofUsers: users).isEmpty && MonotonicInstant.now < deadline { usleep(1_000) }
    process.child.signal(SIGTERM)
    let post = try #require(server.post(0))
    #expect(post.text.contains("kept"))
    #expect(try process.finish().end == .exited(0))
  }

  @Test("a deadline of the platform stops the program half a second earlier")
  func deadline() throws {
    let server = try RuntimeAPIServer()
    let process = try Self.serve(server)
    _ = try #require(server.firstAsked())
    let deadline = WallClock.milliseconds + 1_500
    server.invoke("r1", Self.payload("import time; time.sleep(60)", wall: 60_000), deadline: deadline)
    let post = try #require(server.post(0))
    #expect(WallClock.milliseconds < deadline)
    #expect(post.text.contains(#""errorType":"timeout""#))
    process.child.signal(SIGTERM)
    #expect(try process.finish().end == .exited(0))
  }

  @Test("says to the platform and to the log why it cannot start, and exits with 1")
  func initializationFailure() throws {
    let server = try RuntimeAPIServer()
    let process = try Self.serve(server, ["RCE_EXECUTOR_SANDBOX=bubblewrap", "RCE_BWRAP=/nowhere/bwrap"])
    let post = try #require(server.post(0))
    #expect(post.path == "init/error")
    #expect(post.errorType == "Executor.Sandbox")
    #expect(post.text.contains("apt-get install bubblewrap"))
    let result = try process.finish()
    #expect(result.end == .exited(1))
    #expect(
      result.errors.contains("rce-executor: bubblewrap is not installed at /nowhere/bwrap: apt-get install bubblewrap"))
  }

  @Test("ends with 1 and a reason when the platform is gone")
  func platformGone() throws {
    let process = try ExecutorProcess([], environment: Self.environment + ["AWS_LAMBDA_RUNTIME_API=127.0.0.1:1"])
    let result = try process.finish()
    #expect(result.end == .exited(1))
    #expect(result.errors.contains("127.0.0.1:1"))
  }

  @Test("without a platform it says how it is meant to be started")
  func noPlatform() throws {
    let result = try ExecutorProcess([], environment: Self.environment).finish()
    #expect(result.end == .exited(1))
    #expect(result.errors.contains("AWS_LAMBDA_RUNTIME_API is not set"))
  }

  @Test("--once runs one program by hand, and shows it nothing of its own environment")
  func once() throws {
    let code = "import os; print(sorted(os.environ)); print(open('/proc/self/environ').read().count('secret'))"
    let process = try ExecutorProcess(["--once"], environment: Self.environment, input: Array(Self.payload(code).utf8))
    let result = try process.finish()
    #expect(result.end == .exited(0))
    #expect(result.output.contains(#""stdout" : "['HOME', 'LANG', 'PATH', 'PWD']\n0\n""#), "\(result.output)")
    #expect(result.output.contains(#""exitCode" : 0"#))
    #expect(!result.output.contains("secret-of-the-executor"))
  }

  @Test("--once refuses what is no request with exit code 2")
  func onceMisuse() throws {
    let result = try ExecutorProcess(["--once"], environment: Self.environment, input: [123]).finish()
    #expect(result.end == .exited(2))
    #expect(result.errors.contains("standard input is not an execution request"))
  }

  @Test("--check says what is offered, and fails where no sandbox can be made")
  func check() throws {
    let good = try ExecutorProcess(["--check"], environment: Self.environment).finish()
    #expect(good.end == .exited(0))
    for word in ["rce-jail", "cpp", "java", "python3", "node", "controlGroup"] { #expect(good.output.contains(word)) }
    let bad = try ExecutorProcess(
      ["--check"], environment: Self.environment + ["RCE_EXECUTOR_SANDBOX=bubblewrap", "RCE_BWRAP=/bin/false"]
    ).finish()
    #expect(bad.end == .exited(1))
    #expect(bad.errors.contains("bubblewrap cannot make a sandbox here"))
  }

  @Test("--help, --version and what is not understood", arguments: [("--help", 0), ("--version", 0), ("--what", 2)])
  func words(argument: String, code: Int32) throws {
    let result = try ExecutorProcess([argument], environment: []).finish()
    #expect(result.end == .exited(code))
    #expect((result.output + result.errors).contains("rce-executor"))
  }

  @Test("nothing is left behind: no process, no control group, no file")
  func leavesNothing() throws {
    let server = try RuntimeAPIServer()
    let process = try Self.serve(server)
    let id = process.child.id
    let before = try Self.temporaryFiles(of: id)
    server.invoke("r1", Self.payload("int main() {}", language: "cpp"))
    server.invoke("r2", Self.payload("import os, time\\nif os.fork() == 0: os.setsid(); time.sleep(60)"))
    server.invoke("r3", Self.payload("while True: pass", wall: 300))
    for number in 0..<3 { _ = try #require(server.post(number)) }
    _ = try #require(server.firstAsked())
    #expect(Self.children(of: id).allSatisfy { $0 == "rce-jail" })
    #expect(Self.processes(ofUsers: Self.users(of: id)).isEmpty)
    #expect(Self.controlGroups(of: id).isEmpty)
    #expect(try Self.temporaryFiles(of: id) == before)
    process.child.signal(SIGTERM)
    #expect(try process.finish().end == .exited(0))
  }

  @Test("when it is killed its job dies with it, and the next executor removes its control groups")
  func killed() throws {
    let server = try RuntimeAPIServer()
    let process = try Self.serve(server)
    let id = process.child.id
    let users = Self.users(of: id)
    server.invoke("r1", Self.payload("import time; time.sleep(60)", wall: 60_000))
    let deadline = MonotonicInstant.now + 60_000_000_000
    while Self.processes(ofUsers: users).count < 2 && MonotonicInstant.now < deadline { usleep(20_000) }
    #expect(Self.processes(ofUsers: users).count >= 2)
    process.child.signal(SIGKILL)
    #expect(try process.finish().end == .signalled(SIGKILL))
    while !Self.processes(ofUsers: users).isEmpty && MonotonicInstant.now < deadline { usleep(1_000) }
    #expect(Self.processes(ofUsers: users).isEmpty)
    let next = try ExecutorProcess(["--check"], environment: Self.environment).finish()
    #expect(next.end == .exited(0))
    #expect(Self.controlGroups(of: id).isEmpty)
  }

  @Test("where the kernel forbids namespaces it says which setting does")
  func forbidden() throws {
    let script = "echo 0 > /proc/sys/user/max_user_namespaces; exec \(try ExecutorProcess.path()) --check"
    let process = try ExecutorProcess(
      program: "/usr/bin/unshare", ["--user", "--map-root-user", "/bin/sh", "-c", script],
      environment: Self.environment)
    let result = try process.finish()
    #expect(result.end == .exited(1))
    #expect(result.errors.contains("bubblewrap cannot make a sandbox here"))
    #expect(result.errors.contains("as root: sysctl -w user.max_user_namespaces=15000"))
  }

  /// The names of a process's children: one server of sandboxes, and nothing of any job.
  private static func children(of process: Int32) -> [String] {
    DirectoryNames.list("/proc").filter { name in
      guard Int32(name) != nil, let file = try? FileDescriptor.open("/proc/\(name)/stat", O_RDONLY),
        let text = (try? file.readAll()).map({ String(decoding: $0, as: UTF8.self) }),
        let end = text.lastIndex(of: ")")
      else { return false }
      return text[end...].split(separator: " ").dropFirst(2).first == "\(process)"
    }.map { name in
      let file = try? FileDescriptor.open("/proc/\(name)/comm", O_RDONLY)
      return String(decoding: (try? file?.readAll()) ?? [], as: UTF8.self).split(separator: "\n").first.map(String.init)
        ?? ""
    }
  }

  /// The host users of an executor's programs.
  private static func users(of process: Int32) -> Range<UInt32> {
    let first = 1_900_000_000 + UInt32(process) % 30_000 * 8_192
    return first..<first + 8_192
  }

  private static func processes(ofUsers users: Range<UInt32>) -> [String] {
    DirectoryNames.list("/proc").filter { name in
      var information = stat()
      return Int32(name) != nil && stat("/proc/\(name)", &information) == 0 && users.contains(information.st_uid)
    }
  }

  /// Directories of all hierarchies that carry the executor's number.
  private static func controlGroups(of process: Int32) -> [String] {
    var found: [String] = []
    var pending = ["/sys/fs/cgroup"]
    while let path = pending.popLast() {
      for name in DirectoryNames.list(path) where name != "." && name != ".." {
        let inner = path + "/" + name
        var information = stat()
        guard lstat(inner, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else { continue }
        if name.hasPrefix("rce-\(process)-") { found.append(inner) }
        pending.append(inner)
      }
    }
    return found
  }

  /// What the executor's user on the host owns in /tmp; other tests make files of their own there meanwhile.
  private static func temporaryFiles(of process: Int32) throws -> [String] {
    DirectoryNames.list("/tmp").filter { name in
      var information = stat()
      return stat("/tmp/\(name)/product", &information) == 0 && information.st_uid == 1_900_000_000 + UInt32(process)
    }
  }
}
