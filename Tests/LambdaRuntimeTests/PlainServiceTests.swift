import Glibc
import HostSystem
import TestServices
import Testing

@Suite(
  "An executor without namespaces is never used again once a program has left something",
  .enabled(if: geteuid() == 0, "another user cannot be taken on"))
struct PlainServiceTests {
  private static func payload(_ code: String) -> String {
    """
    {"jobId": "00000000-0000-4000-8000-000000000001", "code": "\(code)", "language": "python", "stdin": "", "args": [],
     "limits": {"wallTimeMs": 5000, "cpuTimeMs": 5000, "memoryMB": 256, "outputBytes": 65536, "processes": 64,
     "fileBytes": 1048576}}
    """
  }

  private static func serve(_ executor: PlainExecutor, _ server: RuntimeAPIServer) throws -> ExecutorProcess {
    try executor.start([], ["AWS_LAMBDA_RUNTIME_API=\(server.address)", "RCE_EXECUTOR_FLOOR=none"])
  }

  @Test("answers, says why, and exits with 1; good programs before it are served by one executor")
  func daemon() throws {
    let executor = try PlainExecutor(.lambda)
    let server = try RuntimeAPIServer()
    let process = try Self.serve(executor, server)
    server.invoke("r1", Self.payload("print(1)"))
    server.invoke("r2", Self.payload("print(2)"))
    server.invoke("r3", Self.payload("import os, time\\nif os.fork() == 0: os.setsid(); time.sleep(60)"))
    let posts = try (0..<3).map { try #require(server.post($0)) }
    #expect(posts[0].text.contains(#""stdout":"1\n""#) && !posts[0].text.contains("environmentProblem"))
    #expect(posts[1].text.contains(#""stdout":"2\n""#) && !posts[1].text.contains("environmentProblem"))
    #expect(posts[2].text.contains(#""environmentProblem":"a program left processes"#))
    let result = try process.finish()
    #expect(result.end == .exited(1))
    #expect(result.errors.contains("nothing more is run here: a program left processes"))
    #expect(executor.processes == [])
  }

  @Test("a program that kills its supervisor ends the executor, which kills the rest of it first")
  func supervisorKilled() throws {
    let executor = try PlainExecutor(.lambda)
    let server = try RuntimeAPIServer()
    let process = try Self.serve(executor, server)
    // The parent alone: its child, whose parent may be gone by then, could hit the executor in place of the supervisor.
    let code = "import os, time\\nif os.fork(): os.kill(os.getppid(), 9)\\ntime.sleep(60)"
    server.invoke("r1", Self.payload(code))
    let post = try #require(server.post(0))
    #expect(post.text.contains("environmentProblem"))
    #expect(try process.finish().end == .exited(1))
    #expect(executor.processes == [])
    #expect(DirectoryNames.list(executor.temporary) == [])
  }

  @Test("kill -9 -1 ends the executor itself, and so the environment; the next one starts from an empty directory")
  func killEveryone() throws {
    let executor = try PlainExecutor(.lambda)
    let server = try RuntimeAPIServer()
    let process = try Self.serve(executor, server)
    server.invoke("r1", Self.payload("import os, time\\nopen('kept', 'w').close()\\nos.kill(-1, 9)\\ntime.sleep(60)"))
    #expect(try process.finish().end == .signalled(SIGKILL))
    let deadline = MonotonicInstant.now + 10_000_000_000
    while !executor.processes.isEmpty && MonotonicInstant.now < deadline { usleep(1_000) }
    #expect(executor.processes == [])
    #expect(!DirectoryNames.list(executor.temporary).isEmpty)
    #expect(try executor.start(["--check"]).finish().end == .exited(0))
    #expect(DirectoryNames.list(executor.temporary).isEmpty)
  }

  @Test("the credentials of the role are gone from the environment of a service before its first program")
  func credentials() throws {
    let executor = try PlainExecutor(.lambda)
    let server = try RuntimeAPIServer()
    let process = try Self.serve(executor, server)
    _ = try #require(server.firstAsked())
    let file = try FileDescriptor.open("/proc/\(process.child.id)/environ", O_RDONLY)
    let environment = String(decoding: try file.readAll(), as: UTF8.self)
    #expect(environment.contains("AWS_LAMBDA_RUNTIME_API="))
    #expect(!environment.contains("canary-of-the-role"))
    process.child.signal(SIGTERM)
    let result = try process.finish()
    #expect(result.end == .exited(0))
    #expect(result.errors.contains("this kernel: namespaces none, seccomp false, Landlock 0"))
    #expect(result.errors.contains("not in force: processes of its own: a program can kill the executor"))
  }

  @Test("what is usually asked for refuses such a kernel, and says how to accept it")
  func floor() throws {
    let executor = try PlainExecutor(.lambda)
    for more in [[], ["RCE_EXECUTOR_SANDBOX=rlimits"]] {
      let result = try executor.start(["--check"], more).finish()
      #expect(result.end == .exited(1))
      #expect(result.errors.contains("rlimits gives less than the floor asks for (namespaces, seccomp)"))
      #expect(result.errors.contains("RCE_EXECUTOR_FLOOR=none"))
    }
  }

  @Test("a temporary directory that is not its own alone is left as it is, and refused")
  func foreignDirectory() throws {
    let executor = try PlainExecutor(.lambda)
    let file = executor.temporary + "/somebody's"
    _ = try FileDescriptor.open(file, O_WRONLY | O_CREAT)
    let filled = try executor.start(["--check"]).finish()
    #expect(filled.end == .exited(1))
    #expect(filled.errors.contains("it holds somebody's"))
    #expect(filled.errors.contains("set TMPDIR to an empty directory of user \(executor.user)"))
    #expect(access(file, F_OK) == 0)
    unlink(file)
    let server = try RuntimeAPIServer()
    let first = try Self.serve(executor, server)
    _ = try #require(server.firstAsked())
    let second = try executor.start(["--check"]).finish()
    #expect(second.errors.contains("another executor works in it"))
    first.child.signal(SIGTERM)
    #expect(try first.finish().end == .exited(0))
    let shared = try executor.start(["--check"], temporary: "/tmp").finish()
    #expect(shared.errors.contains("it does not belong to user \(executor.user)"))
  }

  @Test("root's own programs are refused")
  func root() throws {
    let result = try ExecutorProcess(
      ["--check"],
      environment: ["PATH=/usr/bin:/bin", "RCE_EXECUTOR_SANDBOX=rlimits", "RCE_EXECUTOR_FLOOR=none"]
    ).finish()
    #expect(result.end == .exited(1))
    #expect(result.errors.contains("start the executor as another user"))
  }
}
