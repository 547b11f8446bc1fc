import CLinux
import Glibc
import HostSystem
import StackControl

/// A program that was run to its end: what it printed and what it used.
struct ChildRun {
  let output: String
  /// Seconds of user and system time.
  let cpuSeconds: Double
  let succeeded: Bool

  /// Runs a program on one core, so that its threads cannot help each other out.
  init(_ path: String, _ arguments: [String], core: Int? = nil) throws {
    var pipe = try Pipe()
    guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
      throw StackError(.failed, "no pipe")
    }
    let command = core.map { ["-c", "\($0)", path] + arguments } ?? arguments
    var request = ProcessRequest(
      core == nil ? path : "/usr/bin/taskset", command,
      environment: ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "GOMAXPROCS=1"])
    request.descriptors = [-1, writing.number, 2]
    request.parentDeathSignal = SIGKILL
    let child = try ChildProcess(request)
    _ = consume writing
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(reading.number, &piece, piece.count), count > 0 { bytes += piece[..<count] }
    let (end, usage) = try child.wait()
    output = String(decoding: bytes, as: UTF8.self)
    cpuSeconds = Double(usage.cpuNanoseconds) / 1e9
    succeeded = end == .exited(0)
  }

  /// Where a program is; nil where it is not installed.
  static func find(_ name: String) -> String? {
    ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin"].map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
