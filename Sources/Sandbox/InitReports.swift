import CLinux
package import HostSystem

/// Collects what rce-init and bubblewrap write about a run; bytes go in, facts come out.
package struct InitReports: Sendable {
  /// The program's start.
  package struct Start: Sendable, Equatable {
    package var instant: MonotonicInstant
    /// CPU nanoseconds that setting up the sandbox took.
    package var setupCPU: Int64
  }

  /// The program's end.
  package struct End: Sendable, Equatable {
    package var instant: MonotonicInstant
    package var end: ProcessEnd
    /// CPU nanoseconds of every process of the sandbox that was waited for.
    package var cpu: Int64
    /// The largest resident set among them.
    package var peakMemoryBytes: Int
  }

  private var reportBytes: [UInt8] = []
  private var infoBytes: [UInt8] = []

  /// Known once the program has started.
  package private(set) var started: Start?
  /// Known once the program has ended.
  package private(set) var ended: End?
  /// The error number with which the program could not be started.
  package private(set) var failure: Int32?

  /// No facts yet.
  package init() {}

  /// Takes bytes from rce-init's report pipe.
  package mutating func receiveReport(_ bytes: some Sequence<UInt8>) {
    reportBytes += bytes
    let size = MemoryLayout<rce_init_report>.size
    while reportBytes.count >= size {
      note(reportBytes.withUnsafeBytes { $0.loadUnaligned(as: rce_init_report.self) })
      reportBytes.removeFirst(size)
    }
  }

  private mutating func note(_ report: rce_init_report) {
    let instant = MonotonicInstant(nanoseconds: report.instant)
    switch Int(report.kind) {
    case RCE_INIT_STARTED: started = Start(instant: instant, setupCPU: report.cpu)
    case RCE_INIT_ENDED:
      ended = End(
        instant: instant, end: ProcessEnd(waitStatus: report.value), cpu: report.cpu,
        peakMemoryBytes: Int(report.peakMemory))
    default: failure = report.value
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
