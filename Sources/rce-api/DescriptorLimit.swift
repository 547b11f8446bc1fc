import Glibc

/// How many descriptors the process may have open.
enum DescriptorLimit {
  /// What the program needs besides its connections: Redis, log, news, the libraries' own.
  private static let reserve = 128

  /// Raises the soft limit as far as needed and allowed, and returns how many connections fit.
  static func makeRoom(forConnections wanted: Int) -> Int {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let needed = rlim_t(wanted + reserve)
    if limit.rlim_cur < needed {
      limit.rlim_cur = min(needed, limit.rlim_max)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    return min(wanted, Int(clamping: limit.rlim_cur) - reserve)
  }
}
