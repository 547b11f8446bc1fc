public import CLinux

extension rusage {
  /// User and system CPU time together, in nanoseconds.
  public var cpuNanoseconds: Int64 {
    Int64(ru_utime.tv_sec + ru_stime.tv_sec) * 1_000_000_000 + Int64(ru_utime.tv_usec + ru_stime.tv_usec) * 1_000
  }
}

extension ProcessEnd {
  /// The end in words, for example "exited with code 1".
  public var phrase: String {
    switch self {
    case .exited(let code): "exited with code \(code)"
    case .signalled(let signal): "was killed by signal \(signal)"
    }
  }
}
