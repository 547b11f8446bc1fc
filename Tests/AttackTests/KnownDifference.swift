/// A probe that backends do not pass, with the reason; every other one must pass on each.
struct KnownDifference: Sendable {
  var backends: Set<AttackedBackend>
  /// The program's folder.
  var folder: String
  var probe: String
  var reason: String

  static let table = [
    KnownDifference(
      backends: [.bubblewrap, .jail], folder: "30-locks", probe: "lock-seen",
      reason: """
        flock(2) works on the system's read-only files, which all sandboxes share: libraries and build tools need the \
        call. Two programs that run at the same time can signal each other by it; nothing of it outlives a job.
        """),
    counters("bytes"), counters("datagrams"),
  ]

  private static func counters(_ probe: String) -> KnownDifference {
    KnownDifference(
      backends: [.jail], folder: "28-used-network", probe: probe,
      reason: """
        rce-jail uses a network namespace for one program after another, because making one costs 0.4 ms. Its counters in \
        /proc/net go on: a program can tell the next one in it a number, by what it sends to itself.
        """)
  }

  /// Why this probe may fail on a backend; nil where it must pass.
  static func reason(_ backend: AttackedBackend, _ folder: String, _ probe: String) -> String? {
    table.first { $0.backends.contains(backend) && $0.folder == folder && $0.probe == probe }?.reason
  }
}
