/// A probe that one backend does not pass, with the reason; every other difference between backends is a bug.
struct KnownDifference: Sendable {
  var backend: AttackedBackend
  /// The program's folder.
  var folder: String
  var probe: String
  var reason: String

  static let table = [
    KnownDifference(
      backend: .bubblewrap, folder: "30-locks", probe: "lock-seen",
      reason: """
        flock(2) works on the system's read-only files, which all sandboxes share: libraries and build tools need the \
        call. Two programs that run at the same time can signal each other by it; nothing of it outlives a job.
        """)
  ]

  /// Why this probe may fail on this backend; nil where it must pass.
  static func reason(_ backend: AttackedBackend, _ folder: String, _ probe: String) -> String? {
    table.first { $0.backend == backend && $0.folder == folder && $0.probe == probe }?.reason
  }
}
