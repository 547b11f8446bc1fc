import Glibc
import HostSystem
import Sandbox

/// Files that were prepared when an image was made: root's, so that no program of another user can change them, not even
/// where programs and executor are one user because the kernel has no namespaces for them, as on AWS Lambda.
public struct PreparedShelf: Sendable {
  private static let headerName = "stdc++.h"
  private let directory: String

  /// The shelf in a directory; nil where a program of this process's user could change what lies there.
  public init?(_ directory: String?) {
    guard let directory, geteuid() != 0, Self.isOutOfReach(directory) else { return nil }
    self.directory = directory
  }

  /// The path of a file where it is there.
  func find(_ name: String) -> String? {
    PreparedFileStore(directory: directory, hostUser: nil, owner: 0).find(name)
  }

  /// The directory to look for headers in where a precompiled one of this name is there.
  func headers(_ name: String) -> String? {
    guard find(name) != nil else { return nil }
    let folder = Self.headers(directory, name)
    return OwnFile.isTrusted("\(folder)/bits/\(Self.headerName).gch", S_IFREG, owner: 0) ? folder : nil
  }

  /// Puts precompiled headers where a compiler finds them by their names, and lets everybody read the directory.
  static func arrange(_ directory: String) throws {
    guard chmod(directory, 0o755) == 0 else { throw SystemCallError("chmod", directory) }
    for entry in DirectoryNames.list(directory) where entry.hasPrefix(Technique.pch.rawValue + "-") {
      guard let end = entry.lastIndex(of: "-"), Int(entry[entry.index(after: end)...]) != nil else { continue }
      let folder = headers(directory, String(entry[..<end]))
      for path in [folder, folder + "/bits"] {
        mkdir(path, 0o755)
        guard chmod(path, 0o755) == 0 else { throw SystemCallError("mkdir", path) }
      }
      let header = "\(folder)/bits/\(headerName)"
      unlink(header + ".gch")
      guard link("\(directory)/\(entry)", header + ".gch") == 0 else { throw SystemCallError("link", header + ".gch") }
      let file = try FileDescriptor.open(header, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
      try PrecompiledHeader.substitute.bytes.withUnsafeBytes { try file.writeAll($0) }
    }
  }

  private static func headers(_ directory: String, _ name: String) -> String { "\(directory)/\(name).headers" }

  /// Root's alone, as is every directory above; a directory for all, such as /tmp, lets only owners move what is in it.
  private static func isOutOfReach(_ directory: String) -> Bool {
    guard directory.hasPrefix("/"), OwnFile.isTrusted(directory, S_IFDIR, owner: 0) else { return false }
    var path = directory
    while let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      path = String(path[..<slash])
      var information = stat()
      guard lstat(path, &information) == 0, information.st_uid == 0, information.st_mode & S_IFMT == S_IFDIR,
        information.st_mode & 0o022 == 0 || information.st_mode & mode_t(S_ISVTX) != 0
      else { return false }
    }
    return true
  }
}
