import Glibc

/// Signals in words, as a person reads them.
enum SignalNames {
  /// For example "segmentation fault (signal 11, SIGSEGV)".
  static func phrase(_ signal: Int32) -> String {
    guard let entry = table[signal] else { return "signal \(signal)" }
    return "\(entry.words) (signal \(signal), \(entry.name))"
  }

  private static let table: [Int32: (name: String, words: String)] = [
    SIGHUP: ("SIGHUP", "hangup"),
    SIGINT: ("SIGINT", "interrupt"),
    SIGQUIT: ("SIGQUIT", "quit"),
    SIGILL: ("SIGILL", "illegal instruction"),
    SIGTRAP: ("SIGTRAP", "trap"),
    SIGABRT: ("SIGABRT", "aborted"),
    SIGBUS: ("SIGBUS", "bus error"),
    SIGFPE: ("SIGFPE", "arithmetic exception"),
    SIGKILL: ("SIGKILL", "killed"),
    SIGUSR1: ("SIGUSR1", "user signal 1"),
    SIGSEGV: ("SIGSEGV", "segmentation fault"),
    SIGUSR2: ("SIGUSR2", "user signal 2"),
    SIGPIPE: ("SIGPIPE", "broken pipe"),
    SIGALRM: ("SIGALRM", "alarm"),
    SIGTERM: ("SIGTERM", "terminated"),
    SIGXCPU: ("SIGXCPU", "CPU time limit"),
    SIGXFSZ: ("SIGXFSZ", "file size limit"),
    SIGSYS: ("SIGSYS", "bad system call"),
  ]
}
