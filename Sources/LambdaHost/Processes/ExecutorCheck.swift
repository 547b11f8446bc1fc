import FoundationEssentials
import Glibc
import HostSystem
public import JobBackends
public import Jobs

/// What `rce-executor --check` says of this machine before any environment is started.
public enum ExecutorCheck: Sendable, Hashable {
  /// It can run programs; the lines say how, in which languages, and what is missing, and so do the findings for others.
  case passed(lines: [String], ExecutorFindings)
  /// It cannot; the lines say why and what to do.
  case failed(lines: [String])

  /// Runs the check of an executor as an environment would run it, and waits for it.
  public static func run(_ launch: ExecutorLaunch, timeoutMilliseconds: Int = 20_000) throws -> Self {
    var check = launch
    check.arguments += ["--check"]
    let report = try OutputPipe()
    let complaints = try OutputPipe()
    let child = try start(check, report, complaints)
    let isInTime = child.hasEnded(within: Int32(clamping: timeoutMilliseconds))
    // The group as a whole: nothing that it started is left.
    kill(-child.id, SIGKILL)
    let end = try child.wait().end
    guard isInTime, end == .exited(0) else {
      let manner = isInTime ? "\(EnvironmentEnd.ended(end, lastLine: nil))" : "no end within \(timeoutMilliseconds) ms"
      return .failed(lines: ["\(launch.path) --check: \(manner)"] + complaints.lines() + report.lines())
    }
    return read(report.bytes(), launch.path)
  }

  private static func start(
    _ check: ExecutorLaunch, _ report: OutputPipe, _ complaints: OutputPipe
  ) throws -> ChildProcess {
    var request = check.request(
      EnvironmentStart(environment: EnvironmentID(0), api: "", name: "check"), log: complaints.writing)
    request.descriptors[1] = report.writing
    defer {
      report.closeWriting()
      complaints.closeWriting()
    }
    return try ChildProcess(request)
  }

  /// Reads the report; without any language no job could ever succeed.
  package static func read(_ bytes: [UInt8], _ path: String) -> Self {
    guard let report = try? JSONDecoder().decode(ExecutorReport.self, from: Data(bytes)) else {
      return .failed(lines: ["\(path) --check printed something else than a report; host and executor must match"])
    }
    return report.languages.values.contains { $0.problem == nil }
      ? .passed(lines: report.lines, report.findings)
      : .failed(lines: ["there is no compiler and no interpreter"] + report.problems)
  }
}

/// What an executor's check found, for the register of hosts.
public struct ExecutorFindings: Sendable, Hashable {
  /// What protects the machine.
  public var sandbox: SandboxCheck
  /// What it can do with each language, by the languages' names.
  public var languages: [String: LanguageStatus]

  /// Findings.
  public init(sandbox: SandboxCheck = .init(), languages: [String: LanguageStatus] = [:]) {
    self.sandbox = sandbox
    self.languages = languages
  }
}

/// The part of the report that the host reads; what it does not know, and what is not there, does not matter.
private struct ExecutorReport: Decodable {
  struct Sandbox: Decodable {
    var backend: String?
    var controlGroup: String?
    var seccomp: Bool?
    var absent: [String]?
  }

  struct LanguageReport: Decodable {
    var compiler: String?
    var compilerVersion: String?
    var runtime: String?
    var runtimeVersion: String?
    var problem: String?

    var programs: [String] {
      [(compiler, compilerVersion), (runtime, runtimeVersion)].compactMap { path, version in
        path.map { $0 + (version.map { " \($0)" } ?? "") }
      }
    }
  }

  var sandbox: Sandbox?
  var controlGroupProblem: String?
  var languages: [String: LanguageReport]

  var check: SandboxCheck {
    SandboxCheck(
      backend: sandbox?.backend, controlGroup: sandbox?.controlGroup, seccomp: sandbox?.seccomp,
      absent: sandbox?.absent ?? [])
  }

  var findings: ExecutorFindings {
    let statuses = languages.mapValues {
      LanguageStatus(compiler: $0.compilerVersion, runtime: $0.runtimeVersion, problem: $0.problem)
    }
    return ExecutorFindings(sandbox: check, languages: statuses)
  }

  var lines: [String] {
    let protection =
      "sandbox \(check.backend ?? "unknown"), control groups \(check.controlGroup ?? "unknown"), seccomp "
      + (check.seccomp.map { "\($0)" } ?? "unknown")
    let found = languages.filter { $0.value.problem == nil }.sorted { $0.key < $1.key }.map { name, language in
      "\(name): " + language.programs.joined(separator: ", ")
    }
    return [protection] + found + problems
  }

  var problems: [String] {
    check.absent.map { "protection that is absent: \($0)" }
      + (controlGroupProblem.map { ["no control groups: \($0)"] } ?? [])
      + languages.sorted { $0.key < $1.key }.compactMap { name, language in
        language.problem.map { "\(name) is not available: \($0)" }
      }
  }
}

/// A pipe that holds what a short-lived child writes: 64 KiB, which a report does not fill.
private final class OutputPipe {
  private let reading: FileDescriptor
  private var end: FileDescriptor?
  var writing: Int32 { end?.number ?? -1 }

  init() throws(SystemCallError) {
    var pipe = try Pipe()
    guard let reading = pipe.reading.take() else { throw SystemCallError("pipe2", code: EBADF) }
    try reading.setNonBlocking()
    self.reading = reading
    end = pipe.writing.take()
  }

  func closeWriting() { end = nil }

  /// What has been written so far; a descendant that holds the pipe open is not waited for.
  func bytes() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(reading.number, &buffer, buffer.count)
    return Array(buffer.prefix(max(0, count)))
  }

  func lines() -> [String] {
    var splitter = LineSplitter()
    let lines = splitter.append(bytes())
    return (lines + [splitter.finish()].compactMap { $0 }).filter { !$0.isEmpty }
  }
}
