import Glibc

/// Which parts of the host's system directories a sandbox shows, read only.
package struct SystemLayout: Sendable, Equatable {
  /// Directories and files shown at their own path.
  package var mounts: [String]
  /// Symbolic links as the host has them, for example `/lib` to `usr/lib`.
  package var links: [Link]

  /// A symbolic link.
  package struct Link: Sendable, Equatable {
    package var path: String
    package var target: String

    /// A link at a path to a target.
    package init(path: String, target: String) {
      self.path = path
      self.target = target
    }
  }

  /// A layout.
  package init(mounts: [String], links: [Link]) {
    self.mounts = mounts
    self.links = links
  }

  /// Looks at the host.
  static func ofHost() -> Self {
    var layout = Self(mounts: ["/usr"], links: [])
    for path in ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] {
      if let target = readLink(path) {
        layout.links.append(Link(path: path, target: target))
      } else if access(path, F_OK) == 0 {
        layout.mounts.append(path)
      }
    }
    // Not all of /etc: it holds what the host's administrators configured, which is no program's business.
    for path in ["/etc/alternatives", "/etc/ld.so.cache"] where access(path, F_OK) == 0 {
      layout.mounts.append(path)
    }
    return layout
  }

  private static func readLink(_ path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlink(path, start, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
