import HostSystem
import Jobs

/// How often jobs were started in each way; counted from several threads.
final class StartCounts: Sendable {
  private let counts = Lock<[String: Int]>([:])

  func count(_ kind: StartKind?) {
    counts.withLock { $0[kind?.rawValue ?? "unknown", default: 0] += 1 }
  }

  /// For example "cold 2, zygote 700".
  var text: String {
    counts.withLock { counts in
      counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }
}
