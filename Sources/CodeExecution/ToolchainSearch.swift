import Glibc
import HostSystem
package import Sandbox

/// Finds the real binary behind a name: through links and through the scripts of version managers.
package struct ToolchainSearch: Sendable {
  private let directories: [String]
  let user: UInt32?

  /// Searches these directories in order, for binaries that `user` can run; nil is the caller itself.
  package init(directories: [String], user: UInt32?) {
    self.directories = directories
    self.user = user
  }

  /// The first binary that has one of the names, as its path without links.
  package func program(_ names: [String], package: String) throws(ToolchainError) -> String {
    var unreadable: String?
    for directory in directories {
      for name in names {
        guard let path = binary(directory + "/" + name) ?? managed(directory, name) else { continue }
        if isReadable(path) { return path }
        unreadable = unreadable ?? path
      }
    }
    if let unreadable {
      throw ToolchainError(
        description: "\(unreadable) cannot be read by the sandbox's user \(user ?? 0): apt-get install \(package)")
    }
    throw ToolchainError(description: "\(names[0]) is not installed: apt-get install \(package)")
  }

  /// Whether a program is where every sandbox's PATH leads.
  func hasSystemProgram(_ name: String) -> Bool {
    binary("/usr/bin/" + name).map(isReadable) ?? false
  }

  /// The real path of a compiled program; nil for scripts, for example the shims of version managers.
  private func binary(_ path: String) -> String? {
    guard access(path, X_OK) == 0, let real = Self.realPath(path),
      let start = try? FileDescriptor.open(real, O_RDONLY)
    else { return nil }
    var magic: UInt32 = 0
    // elf(5): 0x7f E L F
    return Glibc.read(start.number, &magic, 4) == 4 && magic.littleEndian == 0x464c_457f ? real : nil
  }

  /// The binary that a shim of pyenv, nodenv or jenv stands for, from the manager's own `version` file.
  private func managed(_ directory: String, _ name: String) -> String? {
    guard directory.hasSuffix("/shims"), access(directory + "/" + name, X_OK) == 0 else { return nil }
    let root = directory.droppingLastComponent
    guard let file = try? FileDescriptor.open(root + "/version", O_RDONLY), let bytes = try? file.readAll(),
      let version = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first
    else { return nil }
    return binary("\(root)/versions/\(version)/bin/\(name)")
  }

  /// Whether the sandbox's user can reach the file: it owns nothing, so every step must be open to all.
  private func isReadable(_ path: String) -> Bool {
    guard user != nil else { return true }
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      var information = stat()
      guard stat(String(path[..<end]), &information) == 0, information.st_mode & 0o001 != 0 else { return false }
    }
    return true
  }

  /// The installation that a binary belongs to (the directory above its `bin`), where it is not part of `/usr`.
  package func tree(of path: String) -> [SandboxMount] {
    let tree = path.droppingLastComponent.droppingLastComponent
    return tree.isEmpty || path.hasPrefix("/usr/") ? [] : [SandboxMount(tree)]
  }

  /// Debian keeps a JDK's settings in /etc, with links to them from the installation.
  func settings(ofJDK compiler: String) -> [SandboxMount] {
    let home = compiler.droppingLastComponent.droppingLastComponent
    guard let target = Self.realPath(home + "/conf/net.properties"), target.hasPrefix("/etc/") else { return [] }
    return [SandboxMount(target.droppingLastComponent)]
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}

extension String {
  /// The path of the directory that holds this path.
  var droppingLastComponent: String {
    lastIndex(of: "/").map { String(self[..<$0]) } ?? ""
  }
}
