import Glibc

/// What a person sees: text on standard output, trouble on standard error, and a live view where there is a terminal.
enum Console {
  /// Whether standard error is a terminal that can redraw lines.
  static var isTerminal: Bool {
    isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
  }

  /// Whether text on standard output may have colours.
  static var isColoured: Bool { isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil }

  /// Prints a line on standard output.
  static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Prints a line on standard error.
  static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Redraws the one live line; an empty text clears it.
  static func live(_ text: String) { draw("\r\u{1b}[2K" + String(text.prefix(size.width - 1))) }

  /// Whether a live view on standard error may have colours.
  static var isLiveColoured: Bool { isTerminal && getenv("NO_COLOR") == nil }

  /// Columns and rows of the terminal at standard error (ioctl_tty(2), TIOCGWINSZ); 80 and 24 where it does not say.
  static var size: (width: Int, height: Int) {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Writes text with control sequences to the terminal at standard error.
  static func draw(_ text: String) { write(text, to: STDERR_FILENO) }

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
