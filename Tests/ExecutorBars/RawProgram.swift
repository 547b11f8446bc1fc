import Glibc
import HostSystem
import Sandbox

/// A program as posix_spawn(3) starts it: the same command as in the sandbox, with nothing around it.
///
/// What is the same: the binary, its arguments (names in the sandbox replaced by the paths outside), its whole
/// environment, an empty standard input, and two pipes that are read to their ends. A turn begins before the pipes are
/// made and ends when both are closed and the process is waited for.
final class RawProgram: Sendable {
  private let path: String
  private let arguments: CStrings
  private let environment: CStrings
  private let output: String?

  /// A command of the executor's, outside.
  ///
  /// - Parameters:
  ///   - directory: stands for `/box`; the command's files are written there.
  ///   - product: stands for `/program`.
  ///   - output: what it must print; nil is anything.
  init(_ request: SandboxRequest, directory: String, product: String = "", printing output: String? = nil) throws {
    // Compilers are given names in their working directory, which posix_spawn cannot change.
    let names = Set(request.files.map(\.path))
    let words = request.command.map { word in
      Self.outside(names.contains("/box/" + word) ? "/box/" + word : word, directory, product)
    }
    path = words[0]
    self.output = output
    arguments = CStrings(words)
    environment = CStrings(request.environment.map { "\($0.name)=\($0.value)" } + ["PWD=\(directory)"])
    for file in request.files {
      let target = try FileDescriptor.open(Self.outside(file.path, directory, product), O_CREAT | O_WRONLY | O_TRUNC)
      try target.writeAll(String(decoding: file.bytes, as: UTF8.self))
    }
  }

  private static func outside(_ word: String, _ directory: String, _ product: String) -> String {
    for (inside, outside) in [("/box", directory), ("/program", product)] {
      if word == inside || word.hasPrefix(inside + "/") { return outside + word.dropFirst(inside.count) }
    }
    return word
  }

  /// One turn, in milliseconds.
  func run() throws -> Double {
    let start = MonotonicInstant.now
    var output = try Pipe()
    var errors = try Pipe()
    guard let outputReader = output.reading.take(), let outputWriter = output.writing.take(),
      let errorReader = errors.reading.take(), let errorWriter = errors.writing.take()
    else { throw SystemCallError("pipe2") }
    let process = try spawn(outputWriter.number, errorWriter.number)
    _ = consume outputWriter
    _ = consume errorWriter
    let printed = try outputReader.readAll()
    let complaints = try errorReader.readAll()
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { throw SystemCallError("waitpid", path) } }
    let milliseconds = Double(MonotonicInstant.now - start) / 1e6
    try check(status, printed, complaints)
    return milliseconds
  }

  private func spawn(_ output: Int32, _ errors: Int32) throws(SystemCallError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What this process keeps from itself must not be kept from the program.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var process = pid_t()
    let code = posix_spawn(&process, path, &actions, &attributes, arguments.pointer, environment.pointer)
    guard code == 0 else { throw SystemCallError("posix_spawn", path, code: code) }
    return process
  }

  private func check(_ status: Int32, _ printed: [UInt8], _ complaints: [UInt8]) throws {
    let text = String(decoding: printed, as: UTF8.self)
    guard status == 0, output == nil || output == text else {
      throw BenchError(
        "\(path) by posix_spawn ended with status \(status) and \"\(text)\": \(String(decoding: complaints, as: UTF8.self))"
      )
    }
  }
}

/// A NULL-terminated array of C strings that lives as long as this value.
private final class CStrings: @unchecked Sendable {
  // Proof of sendability: written by `init` alone, and posix_spawn only reads it.
  let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointer = .allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { pointer[index] = strdup(string) }
    pointer[count] = nil
  }

  deinit {
    for index in 0..<count { free(pointer[index]) }
    pointer.deallocate()
  }
}
