import Glibc
import HostSystem

/// The release programs that `make test` has built, and the package that they were built from.
enum BuiltPrograms {
  /// The package's folder.
  static let package: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// Where the release programs are.
  static let directory = "\(package)/.build/release"

  /// Whether they have been built.
  static let exist = access("\(directory)/rce-bench", X_OK) == 0 && access("\(directory)/rce-api", X_OK) == 0
}

/// A program that ran to its end.
struct FinishedProgram {
  let end: ProcessEnd
  let output: String
  let errors: String

  /// Everything that it printed, for a failed expectation.
  var said: String { "\(end)\n\(output)\n\(errors)" }
}

/// A program under test, its output kept in files that go away with this value.
final class TestProgram {
  let child: ChildProcess
  private let output: FileDescriptor
  private let errors: FileDescriptor

  /// Starts `rce-bench` or another program in the package's folder.
  init(
    _ arguments: [String], program: String = "\(BuiltPrograms.directory)/rce-bench", environment: [String] = [],
    directory: String = BuiltPrograms.package
  ) throws {
    let output = try Self.anonymousFile()
    let errors = try Self.anonymousFile()
    var request = ProcessRequest(
      program, arguments, environment: environment + ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"])
    request.directory = directory
    request.descriptors = [-1, output.number, errors.number]
    request.newSession = true
    child = try ChildProcess(request)
    self.output = output
    self.errors = errors
  }

  private static func anonymousFile() throws -> FileDescriptor {
    var template = Array("/tmp/rce-bench-test-XXXXXX".utf8CString)
    let descriptor = FileDescriptor(owning: mkstemp(&template))
    unlink(template)
    return descriptor
  }

  /// What it has printed so far.
  var text: (output: String, errors: String) { (Self.text(output), Self.text(errors)) }

  private static func text(_ file: borrowing FileDescriptor) -> String {
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    let count = pread(file.number, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  /// Waits for the end; after the time is up it is killed, which the result shows.
  func finish(within seconds: Int32 = 120) throws -> FinishedProgram {
    if !child.hasEnded(within: seconds * 1_000) { child.signal(SIGKILL) }
    let end = try child.wait().end
    return FinishedProgram(end: end, output: text.output, errors: text.errors)
  }

  /// Runs a program to its end.
  static func run(
    _ arguments: [String], program: String = "\(BuiltPrograms.directory)/rce-bench", environment: [String] = [],
    within seconds: Int32 = 120
  ) throws -> FinishedProgram {
    try TestProgram(arguments, program: program, environment: environment).finish(within: seconds)
  }
}

/// A new folder that is removed when its owner lets go.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/rce-bench-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp", code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    let child = try? ChildProcess(ProcessRequest("/bin/rm", ["-rf", path]))
    if let child { _ = try? child.wait() }
  }

  /// Writes a text file into the folder and returns its path.
  func write(_ name: String, _ text: String) throws -> String {
    let file = try FileDescriptor.open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC)
    try file.writeAll(text)
    return "\(path)/\(name)"
  }
}

/// Asks until the answer is not nil or the time is up.
func eventually<Answer>(within seconds: Int64 = 20, _ ask: () throws -> Answer?) rethrows -> Answer? {
  let deadline = MonotonicInstant.now + seconds * 1_000_000_000
  while MonotonicInstant.now < deadline {
    if let answer = try ask() { return answer }
    usleep(10_000)
  }
  return nil
}

/// Whether a process still runs (a zombie does not).
func isRunning(_ process: Int32) -> Bool {
  guard let file = try? FileDescriptor.open("/proc/\(process)/stat", O_RDONLY), let bytes = try? file.readAll() else {
    return false
  }
  return !String(decoding: bytes, as: UTF8.self).contains(") Z ")
}
