import Glibc

/// How many descriptors this process may have open.
public enum DescriptorLimit {
  /// What a program needs besides its connections: logs, stores, the libraries' own.
  private static let reserve = 128

  /// Raises the soft limit as far as the connections need and the hard limit allows; returns how many there can be.
  public static func makeRoom(forConnections wanted: Int) -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return wanted }
    let needed = rlim_t(wanted + reserve)
    if limit.rlim_cur < needed {
      limit.rlim_cur = min(needed, limit.rlim_max)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    return max(min(wanted, Int(clamping: limit.rlim_cur) - reserve), 1)
  }
}
