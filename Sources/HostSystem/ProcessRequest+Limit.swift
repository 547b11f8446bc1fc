import CLinux

extension ProcessRequest {
  /// Limits a resource (one of RLIMIT_*) of the child, softly and hardly alike.
  public mutating func limit(_ resource: Int32, to value: UInt64) {
    limits.append(rce_limit(resource: resource, soft: value, hard: value))
  }
}
