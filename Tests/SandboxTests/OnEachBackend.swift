import Testing

/// Runs each test once for every backend of the sandbox: where they differ, one of them is wrong.
struct OnEachBackend: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    for backend in SandboxFixture.backends {
      try await SandboxFixture.$backend.withValue(backend) { try await function() }
    }
  }
}

extension Trait where Self == OnEachBackend {
  /// Runs each test once for every backend of the sandbox.
  static var onEachBackend: Self { Self() }
}
