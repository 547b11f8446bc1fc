import Sandbox

/// What isolates the programs under test; every row of the table is run against each.
enum AttackedBackend: String, CaseIterable, Sendable {
  case jail
  case bubblewrap

  /// A sandbox of this kind.
  func makeSandbox() throws(SandboxError) -> Sandbox {
    switch self {
    case .jail: try Sandbox(SandboxConfiguration(.jail))
    case .bubblewrap: try Sandbox(SandboxConfiguration(.bubblewrap))
    }
  }
}
