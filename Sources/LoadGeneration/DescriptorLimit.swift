import Glibc

/// How many descriptors this process may have open.
enum DescriptorLimit {
  /// Descriptors that are not connections of the loop.
  private static let reserve = 128

  /// Raises the soft limit as far as the connections need and the hard limit allows; returns how many there can be.
  static func raise(for connections: Int) -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return connections }
    let wanted = rlim_t(connections + reserve)
    if limit.rlim_cur < wanted {
      limit.rlim_cur = min(wanted, limit.rlim_max)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    return max(min(connections, Int(clamping: limit.rlim_cur) - reserve), 1)
  }
}
