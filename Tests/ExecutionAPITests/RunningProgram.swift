import Curl
import Glibc
import HostSystem
import TestServices
import Testing

/// `rce-api` as a process, its standard streams and its ready descriptor in files.
final class RunningProgram: Sendable {
  private let directory: TemporaryDirectory
  private let process: OwnedProcess

  /// Starts `rce-api` with a code directory of its own unless that is said, or bare; or another program.
  init(_ arguments: [String], environment: [String] = [], bare: Bool = false, path: String? = nil) throws {
    let directory = try TemporaryDirectory(named: "rce-program")
    self.directory = directory
    let files = ["stdout", "stderr", "ready"].map {
      Glibc.open("\(directory.path)/\($0)", O_WRONLY | O_CREAT, 0o600)
    }
    defer { for file in files { close(file) } }
    let isSaid = bare || arguments.contains("--code-directory")
    let code = isSaid ? [] : ["--code-directory", "\(directory.path)/code"]
    var request = ProcessRequest(try path ?? Self.path, arguments + code, environment: environment)
    request.descriptors = [-1] + files
    process = try OwnedProcess(request)
  }

  /// Beside the test program, where the build puts it.
  static var path: String {
    get throws {
      let resolved = try #require(realpath("/proc/self/exe", nil))
      defer { free(resolved) }
      let own = String(cString: resolved)
      return String(own[...(try #require(own.lastIndex(of: "/")))]) + "rce-api"
    }
  }

  /// The port of the ready line, waited for.
  func port() throws -> UInt16 {
    let isReady = eventually(within: 20_000) { output.hasSuffix("\n") || process.hasEnded() }
    try #require(isReady && output.hasPrefix("rce-api ready on http://127.0.0.1:"), "\(output)\(complaint)")
    return try #require(UInt16(output.dropLast().split(separator: ":").last ?? ""))
  }

  /// Sends a request when the program is ready, and waits for its answer.
  func send(_ ask: Ask) throws -> Answer {
    Answer(try HTTPClient().send(ask.outgoing(to: port())))
  }

  /// Sends a signal and gives the end that comes of it.
  func end(by signal: Int32) -> ProcessEnd? {
    process.signal(signal)
    return process.end(within: 10_000)
  }

  /// The end that the program finds by itself.
  func end() -> ProcessEnd? { process.end(within: 20_000) }

  /// Mebibytes of memory that it holds at present.
  var residentMebibytes: Int? {
    let status = (try? FileDescriptor.open("/proc/\(process.id)/status", O_RDONLY).readAll()) ?? []
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line?.split(separator: " ").compactMap { Int($0) }.first.map { $0 / 1_024 }
  }

  /// What it wrote to standard output.
  var output: String { text("stdout") }
  /// What it wrote to standard error.
  var complaint: String { text("stderr") }
  /// What it wrote to descriptor 3.
  var readiness: String { text("ready") }

  private func text(_ name: String) -> String {
    let bytes = try? FileDescriptor.open("\(directory.path)/\(name)", O_RDONLY).readAll()
    return String(decoding: bytes ?? [], as: UTF8.self)
  }
}
