/// Times and sizes as a person writes them, in the largest unit that needs no fraction.
enum Quantity {
  /// For example "1500 ms" or "2 s".
  static func time(_ duration: Duration) -> String {
    let milliseconds = duration / .milliseconds(1)
    let whole = Int(milliseconds.rounded())
    return whole % 1_000 == 0 ? "\(whole / 1_000) s" : "\(whole) ms"
  }

  /// For example "64 MiB" or "1000 bytes".
  static func size(_ bytes: Int) -> String {
    if bytes >= 1 << 20 && bytes % (1 << 20) == 0 { return "\(bytes >> 20) MiB" }
    if bytes >= 1 << 10 && bytes % (1 << 10) == 0 { return "\(bytes >> 10) KiB" }
    return "\(bytes) bytes"
  }
}
