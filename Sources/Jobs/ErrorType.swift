/// Why a job failed, told apart by cause; the name is what `details.errorType` carries.
public enum ErrorType: String, Codable, Sendable, Hashable, CaseIterable {
  case compileError = "compile_error"
  case runtimeError = "runtime_error"
  /// The wall-clock or the CPU limit passed, in the compiler or in the program.
  case timeout
  case memoryLimit = "memory_limit"
  case outputLimit = "output_limit"
  case processLimit = "process_limit"
  case diskLimit = "disk_limit"
  /// The platform failed, not the program.
  case internalError = "internal_error"

  /// The words that a job's `error` starts with, for example "Time limit exceeded".
  ///
  /// A compile error in Python or JavaScript reads "Syntax error" instead; the executor chooses.
  public var phrase: String {
    switch self {
    case .compileError: "Compilation error"
    case .runtimeError: "Runtime error"
    case .timeout: "Time limit exceeded"
    case .memoryLimit: "Memory limit exceeded"
    case .outputLimit: "Output limit exceeded"
    case .processLimit: "Process limit exceeded"
    case .diskLimit: "Disk limit exceeded"
    case .internalError: "Internal error"
    }
  }
}
