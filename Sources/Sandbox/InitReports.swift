package import CLinux

/// Collects what rce-init and bubblewrap write about a run; bytes go in, facts come out.
package struct InitReports: Sendable {
  private var reportBytes: [UInt8] = []
  private var infoBytes: [UInt8] = []

  /// The program has started.
  package private(set) var started: rce_init_report?
  /// The program has ended.
  package private(set) var ended: rce_init_report?
  /// The program could not be started.
  package private(set) var failed: rce_init_report?

  /// No facts yet.
  package init() {}

  /// Takes bytes from rce-init's report pipe.
  package mutating func receiveReport(_ bytes: some Sequence<UInt8>) {
    reportBytes += bytes
    let size = MemoryLayout<rce_init_report>.size
    while reportBytes.count >= size {
      let report = reportBytes.withUnsafeBytes { $0.loadUnaligned(as: rce_init_report.self) }
      reportBytes.removeFirst(size)
      switch Int(report.kind) {
      case RCE_INIT_STARTED: started = report
      case RCE_INIT_ENDED: ended = report
      default: failed = report
      }
    }
  }

  /// Takes bytes from bubblewrap's `--info-fd`.
  package mutating func receiveInfo(_ bytes: some Sequence<UInt8>) {
    infoBytes += bytes
  }

  /// The sandbox's first process by its number on the host, from `{"child-pid": 1234, ...}`.
  package var firstProcess: Int32? {
    let text = String(decoding: infoBytes, as: UTF8.self)
    guard let label = text.firstRange(of: "\"child-pid\":") else { return nil }
    let rest = text[label.upperBound...].drop { $0 == " " }
    let digits = rest.prefix(while: \.isNumber)
    // Without a character after them, more digits may follow.
    return digits.endIndex < rest.endIndex ? Int32(digits) : nil
  }
}
