import Glibc

/// Where programs are.
public enum ProgramPath {
  /// The absolute path of a program in `PATH` or in the usual places.
  ///
  /// - Parameter package: the Debian package to install where there is none.
  public static func find(_ name: String, package: String) throws(ServiceError) -> String {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let directories = path.split(separator: ":").map(String.init) + ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"]
    for directory in directories where access("\(directory)/\(name)", X_OK) == 0 { return "\(directory)/\(name)" }
    throw ServiceError("no \(name) in \(directories.joined(separator: ":")); install it: apt-get install \(package)")
  }
}
