import Glibc
package import Sandbox

/// A file that makes a compiler faster and that takes longer to make than any one program may wait.
package struct PreparedFile: Sendable {
  /// What it is for.
  package var technique: Technique
  /// Its name in the store: the same for the same compiler with the same flags, and for no other.
  package var name: String
  /// The command that makes it, in a sandbox, as `product` in the directory `Recipe.productPath`.
  package var request: SandboxRequest
  /// The file's name as the command writes it.
  package var product: String

  /// A file, named after everything that it depends on.
  ///
  /// - Parameters:
  ///   - sources: paths of the programs and headers that went into it: another version of one is another file.
  init(_ technique: Technique, product: String, sources: [String], request: SandboxRequest) {
    let facts = sources.map(Self.identity) + request.command + request.files.map { "\($0.path) \($0.bytes)" }
    let name = technique.rawValue + "-" + Self.hash(facts.joined(separator: "\0"))
    self.init(technique, name: name, product: product, request: request)
  }

  /// A file with a name of its own.
  package init(_ technique: Technique, name: String, product: String, request: SandboxRequest) {
    self.technique = technique
    self.name = name
    self.product = product
    self.request = request
  }

  /// What changes when a package manager or a person replaces a file, and not when an image is copied, which keeps
  /// whole seconds and no numbers of devices.
  static func identity(_ path: String) -> String {
    var information = stat()
    guard stat(path, &information) == 0 else { return "\(path) absent" }
    let size = information.st_mode & S_IFMT == S_IFREG ? Int(information.st_size) : 0
    return "\(path) \(size) \(information.st_mtim.tv_sec)"
  }

  /// FNV-1a: it only tells compilers apart, and what is trusted does not hang on it.
  private static func hash(_ text: String) -> String {
    let value = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(value, radix: 16)
  }
}

/// A file could not be made: what was tried, and what came back.
public struct PreparationError: Error, CustomStringConvertible, Sendable, Hashable {
  /// The sentence for a person.
  public let description: String

  /// An error with its sentence.
  init(_ description: String) {
    self.description = description
  }
}
