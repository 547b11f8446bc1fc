import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import TestServices
import Testing

@Suite(
  "What was prepared when an image was built", .serialized,
  .enabled(if: geteuid() == 0, "another user cannot be taken on"))
struct PreparedImageTests {
  private static let cpp = "#include <bits/stdc++.h>\nint main() { std::cout << \"hello\\n\"; }"
  private static let java = "class Main { public static void main(String[] a) { System.out.println(\"hello\"); } }"

  /// Made once, without namespaces and by another user, and then given to root, as when an image is built.
  private static let image: Result<TemporaryDirectory, any Error> = Result {
    let directory = try TemporaryDirectory(named: "rce-image")
    atexit { try? FileManager.default.removeItem(atPath: (try? PreparedImageTests.image.get())?.path ?? "") }
    chmod(directory.path, 0o755)
    let maker = try PlainExecutor(.lambda)
    let prepared = directory.path + "/prepared"
    mkdir(prepared, 0o755)
    chown(prepared, maker.user, maker.user)
    let made = try maker.start(["--prepare"], ["RCE_EXECUTOR_FLOOR=none", "RCE_EXECUTOR_PREPARED=\(prepared)"]).finish()
    try #require(made.end == .exited(0), "\(made.errors)")
    _ = try ExecutorProcess(
      program: "/bin/chown", ["-R", "0:0", prepared], environment: ["PATH=/usr/bin:/bin"], input: []
    ).finish()
    return directory
  }

  private static func request(_ code: String, _ language: Language) -> ExecutionRequest {
    ExecutionRequest(
      jobId: JobID(), code: code, language: language, limits: ResourceLimits(wallTimeMs: 30_000, cpuTimeMs: 30_000))
  }

  private static func run(_ executor: PlainExecutor, _ code: String, _ language: Language) throws -> ExecutionResult {
    let prepared = try image.get().path + "/prepared"
    return try executor.run(
      request(code, language), ["RCE_EXECUTOR_FLOOR=none", "RCE_EXECUTOR_PREPARED=\(prepared)"])
  }

  @Test("is used as on Lambda, by another user and without namespaces", arguments: PlainExecutor.Kernel.allCases)
  func used(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    for (code, language, technique) in [(Self.cpp, Language.cpp, "pch"), (Self.java, .java, "cds")] {
      let result = try Self.run(executor, code, language)
      #expect(result.result == "hello" && result.environmentProblem == nil, "\(result)")
      #expect(result.details.techniques?.contains(technique) == true, "\(result.details.techniques ?? [])")
      #expect(result.details.sandbox?.backend == "rlimits")
    }
    let wrong = try Self.run(executor, "#include <bits/stdc++.h>\nint main() { nothing(); }", .cpp)
    #expect(wrong.error?.contains("nothing") == true, "\(wrong)")
    let messages = wrong.details.compileOutput?.text ?? ""
    let path = try Self.image.get().path
    #expect(messages.contains("nothing") && !messages.contains(path), "\(messages)")
  }

  @Test("cannot be changed by a program")
  func outOfReach() throws {
    let executor = try PlainExecutor(.lambda)
    let prepared = try Self.image.get().path + "/prepared"
    let code = """
      import os
      for folder, _, files in os.walk("\(prepared)"):
          for path in [folder] + [folder + "/" + name for name in files]:
              for attempt in (lambda: os.chmod(path, 0o777), lambda: os.rename(path, path + "x"), lambda: os.unlink(path),
                              lambda: open(path, "ab"), lambda: open(folder + "/new", "w")):
                  try: attempt(); print("could change", path)
                  except OSError: pass
      """
    #expect(try Self.run(executor, code, .python).result == "")
  }

  @Test("is not used where somebody else could have changed it", arguments: 0..<3)
  func mistrusted(trick: Int) throws {
    let executor = try PlainExecutor(.lambda)
    let path = try Self.image.get().path
    switch trick {
    case 0: chmod(path + "/prepared", 0o777)
    case 1: chmod(path, 0o777)
    default: chown(path + "/prepared", executor.user, executor.user)
    }
    defer {
      chown(path + "/prepared", 0, 0)
      chmod(path + "/prepared", 0o755)
      chmod(path, 0o755)
    }
    let result = try Self.run(executor, Self.java, .java)
    #expect(result.result == "hello")
    #expect(result.details.techniques?.contains("cds") != true)
  }
}
