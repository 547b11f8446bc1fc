/// A probe that one backend does not pass, with the reason; every other difference between backends is a bug.
struct KnownDifference: Sendable {
  var backend: AttackedBackend
  /// The program's folder.
  var folder: String
  var probe: String
  var reason: String

  static let table: [KnownDifference] = []

  /// Why this probe may fail on this backend; nil where it must pass.
  static func reason(_ backend: AttackedBackend, _ folder: String, _ probe: String) -> String? {
    table.first { $0.backend == backend && $0.folder == folder && $0.probe == probe }?.reason
  }
}
