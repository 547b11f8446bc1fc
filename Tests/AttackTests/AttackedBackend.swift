import Sandbox

/// What isolates the programs under test; every row of the table is run against each.
enum AttackedBackend: String, CaseIterable, Sendable {
  case bubblewrap

  /// A sandbox of this kind.
  func makeSandbox() throws(SandboxError) -> Sandbox {
    switch self {
    case .bubblewrap: try Sandbox()
    }
  }
}
