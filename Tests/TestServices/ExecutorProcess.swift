import Glibc
public import HostSystem

/// A running rce-executor, as it was built together with the tests.
public struct ExecutorProcess: ~Copyable {
  /// The process.
  public let child: ChildProcess
  private let output: FileDescriptor
  private let errors: FileDescriptor

  /// Starts the program with a literal environment.
  public init(program: String? = nil, _ arguments: [String], environment: [String], input: [UInt8] = []) throws {
    var outputPipe = try Pipe()
    var errorPipe = try Pipe()
    let stdin = try FileDescriptor.sealedMemory(named: "stdin", input)
    guard let output = outputPipe.reading.take(), let outputEnd = outputPipe.writing.take(),
      let errors = errorPipe.reading.take(), let errorEnd = errorPipe.writing.take()
    else { throw SystemCallError("pipe2", code: EBADF) }
    var request = ProcessRequest(try program ?? Self.path(), arguments, environment: environment)
    request.descriptors = [stdin.number, outputEnd.number, errorEnd.number]
    child = try ChildProcess(request)
    self.output = output
    self.errors = errors
  }

  /// Where the program lies: beside the tests.
  public static func path() throws -> String {
    guard let own = realpath("/proc/self/exe", nil) else { throw SystemCallError("realpath") }
    defer { free(own) }
    return String(cString: own).split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/rce-executor"
  }

  /// Waits for the end; says how it ended and what it wrote.
  public consuming func finish() throws -> (end: ProcessEnd, output: String, errors: String) {
    let output = try self.output.readAll()
    let errors = try self.errors.readAll()
    let end = try child.wait().end
    return (end, String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self))
  }
}
