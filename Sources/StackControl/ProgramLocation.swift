import Glibc
import HostSystem

/// Where the programs of the stack are.
public struct ProgramLocation: Sendable {
  /// The folder that holds `rce-api`, `rce-lambda-host` and `rce-executor`.
  public var directory: String

  /// A folder; by default the one that the running program is in, or what RCE_BENCH_PROGRAMS names.
  public init(directory: String? = nil) {
    self.directory = directory ?? getenv("RCE_BENCH_PROGRAMS").map { String(cString: $0) } ?? OwnProgram.directory
  }

  /// The path of one of the stack's own programs.
  public func own(_ name: String) throws(StackError) -> String {
    let path = "\(directory)/\(name)"
    guard access(path, X_OK) == 0 else {
      throw StackError(
        .configuration, "the program \(name) is not in \(directory)",
        hint: "build all programs with `make build`, or name their folder in RCE_BENCH_PROGRAMS")
    }
    return path
  }

  /// The path of a program of the system, by PATH and the usual folders.
  public static func system(_ name: String, package: String) throws(StackError) -> String {
    let searched = getenv("PATH").map { String(cString: $0) } ?? ""
    let folders = searched.split(separator: ":").map(String.init) + ["/usr/bin", "/usr/local/bin", "/usr/sbin"]
    for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
    throw StackError(
      .configuration, "\(name) is not installed: not found in \(folders.joined(separator: ":"))",
      hint: "install it with `make bootstrap` or `sudo apt-get install \(package)`")
  }
}
