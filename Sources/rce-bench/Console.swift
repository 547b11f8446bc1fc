import Glibc

/// What a person sees: text on standard output, trouble on standard error, and one live line where there is a terminal.
enum Console {
  /// Whether standard error is a terminal that can redraw a line.
  static var isTerminal: Bool {
    isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
  }

  /// Whether text on standard output may have colours.
  static var isColoured: Bool { isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil }

  /// Prints a line on standard output.
  static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Prints a line on standard error.
  static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Redraws the live line; an empty text clears it.
  static func live(_ text: String) {
    write("\r\u{1b}[2K" + String(text.prefix(width - 1)), to: STDERR_FILENO)
  }

  private static var width: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 100
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
