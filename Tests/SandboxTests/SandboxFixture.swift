import HostSystem
import Sandbox

/// The sandboxes that the tests share: for each backend one as the machine allows it, and one without control groups.
enum SandboxFixture {
  static let backends: [SandboxChoice] = [.jail, .bubblewrap]
  /// The backend of the test that runs now.
  @TaskLocal static var backend = SandboxChoice.jail

  private static let all = sandboxes(usesControlGroups: true)
  private static let ungrouped = sandboxes(usesControlGroups: false)

  private static func sandboxes(usesControlGroups: Bool) -> [SandboxChoice: Result<Sandbox, SandboxError>] {
    Dictionary(
      uniqueKeysWithValues: backends.map { backend in
        let result = Result { () throws(SandboxError) in
          try Sandbox(SandboxConfiguration(backend, usesControlGroups: usesControlGroups))
        }
        return (backend, result)
      })
  }

  static var standard: Result<Sandbox, SandboxError> { all[backend] ?? .failure(SandboxError(.missing, "none")) }
  static var withoutControlGroups: Result<Sandbox, SandboxError> {
    ungrouped[backend] ?? .failure(SandboxError(.missing, "none"))
  }

  /// Whether this machine has control groups for the limits of memory and processes.
  static var hasControlGroups: Bool {
    (try? standard.get().capabilities.controlGroup != "none") ?? false
  }

  static let limits = SandboxLimits(
    wall: .seconds(20), cpu: .seconds(10), memoryBytes: 256 << 20, outputBytes: 1 << 20, processes: 64,
    fileBytes: 16 << 20)

  static let environment = [EnvironmentVariable("PATH", "/usr/bin:/bin"), EnvironmentVariable("LANG", "C.UTF-8")]

  /// Runs a shell command.
  static func shell(
    _ script: String, stdin: [UInt8] = [], _ change: (inout SandboxLimits) -> Void = { _ in },
    in sandbox: Result<Sandbox, SandboxError>? = nil
  ) throws -> SandboxOutcome {
    try run(["/bin/sh", "-c", script], stdin: stdin, change, in: sandbox)
  }

  /// Runs a Python program.
  static func python(
    _ script: String, _ change: (inout SandboxLimits) -> Void = { _ in },
    in sandbox: Result<Sandbox, SandboxError>? = nil
  ) throws -> SandboxOutcome {
    try run(["/usr/bin/python3", "-I", "-S", "-c", script], change, in: sandbox)
  }

  /// Runs a command.
  static func run(
    _ command: [String], stdin: [UInt8] = [], _ change: (inout SandboxLimits) -> Void = { _ in },
    in sandbox: Result<Sandbox, SandboxError>? = nil
  ) throws -> SandboxOutcome {
    var limits = limits
    change(&limits)
    let request = SandboxRequest(command, environment: environment, stdin: stdin, limits: limits)
    return try (sandbox ?? standard).get().run(request)
  }
}

extension SandboxOutcome {
  var text: String { String(decoding: stdout, as: UTF8.self) }
  var errorText: String { String(decoding: stderr, as: UTF8.self) }
}
