import Curl
import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import StackControl
import Testing

/// A stack of release programs in a folder of its own.
private func withStack(
  concurrency: Int = 2, hostOptions: [String] = [], _ body: (LocalStack, StackClient) throws -> Void
) throws {
  var configuration = StackConfiguration(directory: try StackFolder.temporary().path, isTemporary: true)
  configuration.programs = ProgramLocation(directory: BuiltPrograms.directory)
  configuration.concurrency = concurrency
  configuration.hostOptions = hostOptions
  let stack = try LocalStack(configuration)
  defer { stack.stop() }
  try body(stack, StackClient(url: try #require(stack.state).url))
}

@Suite("A running stack", .serialized, .enabled(if: BuiltPrograms.exist, "needs `make build`"))
struct RunningStackTests {
  @Test(
    "runs a program in each language",
    arguments: [
      (Language.python, "print(input()[::-1])"),
      (.javascript, "console.log([...require('fs').readFileSync(0, 'utf8').trim()].reverse().join(''))"),
      (
        .cpp,
        "#include <iostream>\nint main() { std::string s; std::cin >> s; std::cout << std::string(s.rbegin(), s.rend()); }"
      ),
      (
        .java,
        "class Main { public static void main(String[] a) { System.out.println(new StringBuilder(new java.util.Scanner(System.in).next()).reverse()); } }"
      ),
    ])
  func languages(language: Language, code: String) throws {
    try withStack { _, client in
      let status = try client.run(Submission(code: code, language: language, stdin: "stressed\n"))
      #expect(status.status == .completed, "\(status)")
      #expect(status.result == "desserts")
      let timings = try #require(status.timings)
      let instants = [timings.s0, timings.s1, timings.s2, timings.s3, timings.s4, timings.s5, timings.s6]
      #expect(instants.allSatisfy { $0 != nil })
      #expect(instants.compactMap { $0 } == instants.compactMap { $0 }.sorted())
      #expect(timings.coldStart == true)
      #expect(timings.attempt == 1)
    }
  }

  @Test("serves the next job warm, and tells so")
  func warm() throws {
    try withStack(concurrency: 1) { _, client in
      _ = try client.run(Submission(code: "print(1)", language: .python))
      let second = try client.run(Submission(code: "print(2)", language: .python))
      #expect(second.timings?.coldStart == false)
      #expect(second.timings?.s2 == second.timings?.s3)
      #expect(try #require(second.timings?.billedMs) > 0)
    }
  }

  @Test("completes a job whose environment is killed in the middle of it")
  func killedEnvironment() throws {
    try withStack(concurrency: 1) { stack, client in
      let host = try #require(stack.state?.processes["host"])
      // While an environment starts, its host repeats the start without anybody hearing of it.
      let first = try client.submit(Submission(code: "print('warm')", language: .python))
      #expect(try client.status(of: first).status == .completed)
      let job = try client.submit(Submission(code: "import time; time.sleep(1); print('done')", language: .python))
      let running = try eventually { try client.status(of: job, wait: 0).status == .running ? true : nil }
      #expect(running == true)
      let executor = try #require(children(of: host).first)
      #expect(kill(executor, SIGKILL) == 0)
      let status = try client.status(of: job)
      #expect(status.status == .completed, "\(status)")
      #expect(status.result == "done")
      #expect(status.timings?.attempt == 2)
    }
  }

  @Test("answers 503 while its store is away, and loses nothing that it accepted")
  func storeAway() throws {
    try withStack(concurrency: 1) { stack, client in
      let slow = Submission(code: "import time; time.sleep(0.3); print('kept')", language: .python)
      let accepted = try (0..<6).map { _ in try client.submit(slow) }
      let redis = try #require(stack.state?.processes["redis"])
      // Stopped and not killed at first: the supervisor would start a dead one again before this test could look.
      #expect(kill(redis, SIGSTOP) == 0)
      let refused = try client.post(slow)
      #expect(refused.status == 503)
      #expect(refused.header("retry-after") != nil)
      #expect(refused.header("content-type") == "application/problem+json")
      #expect(kill(redis, SIGKILL) == 0)
      for job in accepted {
        let status = eventually(within: 150) { () -> JobStatus? in
          let status = try? client.status(of: job, wait: 5)
          return status?.status.isTerminal == true ? status : nil
        }
        #expect(status?.result == "kept", "\(String(describing: status))")
      }
    }
  }

  @Test("leaves no process and no folder behind")
  func nothingLeft() throws {
    var processes: [Int32] = []
    var folder = ""
    try withStack { stack, client in
      _ = try client.run(Submission(code: "print(1)", language: .python))
      let state = try #require(stack.state)
      processes = Array(state.processes.values) + children(of: try #require(state.processes["host"]))
      folder = String(state.redisSocket.dropLast("/redis.sock".count))
      #expect(processes.count == 4)
      #expect(access(folder, F_OK) == 0)
    }
    for process in processes { #expect(!isRunning(process), "\(process)") }
    #expect(access(folder, F_OK) != 0)
  }
}

/// The process ids of a process's children.
private func children(of process: Int32) -> [Int32] {
  let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
  return tasks.flatMap { task -> [Int32] in
    let path = "/proc/\(process)/task/\(task)/children"
    guard let file = try? FileDescriptor.open(path, O_RDONLY), let bytes = try? file.readAll() else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
  }
}
