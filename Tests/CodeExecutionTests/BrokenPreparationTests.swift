import CodeExecution
import Glibc
import HostSystem
import Jobs
import Sandbox
import Testing

@Suite("Programs compile, whatever becomes of the prepared files")
struct BrokenPreparationTests {
  private static let hello = "#include <bits/stdc++.h>\nint main() { std::cout << \"hello\"; }"

  private func run(_ executor: CodeExecutor) -> ExecutionResult {
    let limits = ResourceLimits(wallTimeMs: 20_000, cpuTimeMs: 10_000)
    return executor.execute(ExecutionRequest(jobId: JobID(), code: Self.hello, language: .cpp, limits: limits))
  }

  /// Puts other bytes into the store under the name and length of the shared header file.
  private func plant(_ fixture: PreparedFixture, size: Int? = nil, _ bytes: [UInt8], at offset: Int) throws {
    let shared = try PreparedFixture.shared.get()
    let name = try #require(shared.names.first { $0.hasPrefix("pch-") })
    mkdir(fixture.directory, 0o711)
    let target = fixture.directory + "/" + name
    var content = try FileDescriptor.open(shared.directory + "/" + name, O_RDONLY).readAll()
    content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    let file = try FileDescriptor.open(target, O_WRONLY | O_CREAT, mode: 0o444)
    let written = content.withUnsafeBytes { write(file.number, $0.baseAddress, size ?? $0.count) }
    #expect(written == size ?? content.count)
  }

  @Test("a file that is cut short is not used")
  func truncated() throws {
    let fixture = try PreparedFixture()
    try plant(fixture, size: 100_000, [], at: 0)
    let result = run(try fixture.executor([.pch]))
    #expect(result.error == nil && result.result == "hello")
    #expect(result.details.techniques == nil)
  }

  @Test("a file of another compiler is refused by the compiler, which then reads the header itself")
  func foreign() throws {
    let fixture = try PreparedFixture()
    try plant(fixture, Array("gpch.x86".utf8), at: 0)
    let result = run(try fixture.executor([.pch]))
    #expect(result.error == nil && result.result == "hello")
  }

  @Test("a file that breaks the compiler is left out in a second attempt")
  func garbage() throws {
    let fixture = try PreparedFixture()
    try plant(fixture, [UInt8](repeating: 0xa5, count: 8 << 20), at: 1 << 20)
    let result = run(try fixture.executor([.pch]))
    #expect(result.error == nil && result.result == "hello", "\(result)")
    #expect(result.details.techniques == nil)
  }

  @Test("the first program starts the making in the background, and later ones use it", .timeLimit(.minutes(15)))
  func background() throws {
    let fixture = try PreparedFixture()
    let executor = try fixture.executor([.pch], inBackground: true)
    let first = run(executor)
    #expect(first.details.techniques == nil && first.result == "hello")
    let deadline = MonotonicInstant.now + 100_000_000_000
    while !fixture.names.contains(where: { $0.hasPrefix("pch-") }) && MonotonicInstant.now < deadline { usleep(50_000) }
    let later = run(executor)
    #expect(later.details.techniques == ["pch"] && later.result == "hello")
  }

  @Test("a place where nothing can be kept costs nothing but speed")
  func noPlace() throws {
    let reports = Lock<[String]>([])
    let sandbox = try ExecutorFixture.sandbox.get()
    let settings = CompilerSpeedSettings(
      techniques: [.pch], directory: "/proc/nowhere", makesInBackground: true,
      report: { report in
        reports.withLock { $0.append(report) }
        reports.notifyAll()
      })
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser), speed: settings)
    #expect(run(executor).result == "hello")
    let report = reports.wait(until: .now + 20_000_000_000) { $0.first }
    #expect(report?.hasPrefix("compilers stay without pch: /proc/nowhere is not a directory") == true)
    #expect(throws: PreparationError.self) { try executor.prepare() }
  }
}
