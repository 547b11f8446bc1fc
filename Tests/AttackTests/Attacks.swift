import CodeExecution
import Glibc
import HostSystem
import Testing

/// All attacks, one after the other, so that what one leaves behind is seen before the next.
@Suite("Hostile programs", .serialized, AttackSetting())
enum Attacks {
  /// The executors under attack while the tests run.
  @TaskLocal static var benches: [AttackBench] = []

  /// Runs an attack against a backend and expects that it changed nothing that it must not.
  static func expectContained(
    _ attack: Attack, on backend: AttackedBackend, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let problems = try AttackRun(bench: bench(backend)).problems(of: attack)
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))", sourceLocation: sourceLocation)
  }

  /// Every program that is attack enough by itself.
  static var all: [Attack] {
    TimeAttackTests.attacks + ProcessAttackTests.attacks + MemoryAttackTests.attacks + OutputAttackTests.attacks
      + DiskAttackTests.attacks + SecretAttackTests.attacks + CompilerAttackTests.attacks + EndAttackTests.attacks
      + (SystemCallAttackTests.isKnownArchitecture ? SystemCallAttackTests.attacks : [])
  }

  /// The executor of a backend.
  static func bench(_ backend: AttackedBackend) throws -> AttackBench {
    try #require(benches.first { $0.backend == backend })
  }
}

/// Makes what all attacks share, once, and removes it after the last.
struct AttackSetting: SuiteTrait, TestScoping {
  @concurrent func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    var template = Array("/tmp/attack-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp", "/tmp") }
    let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let products = directory + "/products"
    // Sandboxes' users pass through both.
    guard mkdir(products, 0o711) == 0, chmod(directory, 0o711) == 0 else { throw SystemCallError("mkdir", products) }
    let canary = try Canary(in: directory)
    defer {
      canary.remove()
      rmdir(products)
      rmdir(directory)
    }
    let listeners = try HostListeners()
    let benches = try AttackedBackend.allCases.map { backend in
      try AttackBench(backend, products: products, canary: canary, listeners: listeners)
    }
    try await Attacks.$benches.withValue(benches) { try await function() }
  }
}
