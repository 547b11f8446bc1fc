import Glibc
import TestServices

/// Programs of this package, as they were built together with the tests.
enum BuiltProgram {
  static func path(_ name: String) throws -> String {
    guard let own = realpath("/proc/self/exe", nil) else { throw ServiceError("no /proc/self/exe") }
    defer { free(own) }
    let folder = String(cString: own).split(separator: "/").dropLast().joined(separator: "/")
    let path = "/\(folder)/\(name)"
    guard access(path, X_OK) == 0 else { throw ServiceError("no \(path); build the package with `swift build`") }
    return path
  }
}
