import JobBackends
import Jobs
import LambdaHost
import Testing

@Suite("The check of an executor")
struct ExecutorCheckTests {
  private static let sandbox =
    #""sandbox":{"backend":"bubblewrap","namespaces":[],"controlGroup":"v1","seccomp":false,"accounting":"cgroup"}"#

  private func run(_ script: String, timeoutMilliseconds: Int = 10_000) throws -> ExecutorCheck {
    var launch = ExecutorLaunch(path: "/bin/sh", memoryMB: 128)
    // The option that asks for a check becomes the script's $0.
    launch.arguments = ["-c", script]
    return try ExecutorCheck.run(launch, timeoutMilliseconds: timeoutMilliseconds)
  }

  @Test("passes where one language is there, and tells what is and what is not")
  func passes() throws {
    let report =
      #"{\#(Self.sandbox),"languages":{"cpp":{"compiler":"/usr/bin/g++","compilerVersion":"12.2.0"},"#
      + #""java":{"problem":"no javac"}}}"#
    #expect(
      try run("test $0 = --check && echo '\(report)'; echo noise >&2")
        == .passed(
          lines: [
            "sandbox bubblewrap, control groups v1, seccomp false", "cpp: /usr/bin/g++ 12.2.0",
            "java is not available: no javac",
          ],
          ExecutorFindings(
            sandbox: SandboxCheck(backend: "bubblewrap", controlGroup: "v1", seccomp: false),
            languages: ["cpp": LanguageStatus(compiler: "12.2.0"), "java": LanguageStatus(problem: "no javac")])))
  }

  @Test("tells what protection is absent, and minds neither members that it does not know nor those that are not there")
  func absent() throws {
    let report = #"""
      {"sandbox":{"backend":"rlimits","absent":["no namespaces","no filter"],"tier":3},"pools":{"node":2},
      "languages":{"python":{"runtime":"/usr/bin/python3","versions":["3.11"]}}}
      """#
    #expect(
      ExecutorCheck.read(Array(report.utf8), "x")
        == .passed(
          lines: [
            "sandbox rlimits, control groups unknown, seccomp unknown", "python: /usr/bin/python3",
            "protection that is absent: no namespaces", "protection that is absent: no filter",
          ],
          ExecutorFindings(
            sandbox: SandboxCheck(backend: "rlimits", absent: ["no namespaces", "no filter"]),
            languages: ["python": LanguageStatus()])))
    #expect(
      ExecutorCheck.read(Array(#"{"languages":{"cpp":{"compiler":"g++"}}}"#.utf8), "x")
        == .passed(
          lines: ["sandbox unknown, control groups unknown, seccomp unknown", "cpp: g++"],
          ExecutorFindings(languages: ["cpp": LanguageStatus()])))
  }

  @Test("fails where no language is there")
  func noLanguage() throws {
    let report = #"{\#(Self.sandbox),"languages":{"java":{"problem":"no javac; install it"}}}"#
    #expect(
      try run("echo '\(report)'")
        == .failed(lines: ["there is no compiler and no interpreter", "java is not available: no javac; install it"]))
  }

  @Test("fails with the exit code or signal and the reasons")
  func fails() throws {
    #expect(
      try run("echo no bwrap >&2; exit 7") == .failed(lines: ["/bin/sh --check: exited with code 7", "no bwrap"]))
    #expect(try run("kill -9 $$") == .failed(lines: ["/bin/sh --check: killed by signal 9"]))
  }

  @Test("fails where what is printed is no report")
  func noReport() throws {
    #expect(
      try run("echo hello")
        == .failed(lines: ["/bin/sh --check printed something else than a report; host and executor must match"]))
  }

  @Test("fails where it does not end, and leaves nothing behind")
  func hangs() throws {
    let check = try run("echo begun >&2; sleep 602 & wait", timeoutMilliseconds: 200)
    #expect(check == .failed(lines: ["/bin/sh --check: no end within 200 ms", "begun"]))
  }
}
