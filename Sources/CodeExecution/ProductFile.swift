/// A file that a compiler left, held in memory.
package struct ProductFile: Sendable, Hashable {
  /// Path relative to the product's directory, for example `pkg/Main.class`.
  package var path: String
  /// Whether it is a program.
  package var isExecutable: Bool
  /// What it holds.
  package var bytes: [UInt8]

  /// A file.
  package init(_ path: String, isExecutable: Bool = false, _ bytes: [UInt8]) {
    self.path = path
    self.isExecutable = isExecutable
    self.bytes = bytes
  }
}

/// A product cannot be taken over or put in place: where, and why.
package struct ProductError: Error, CustomStringConvertible, Sendable, Hashable {
  /// The sentence for a person.
  package let description: String

  init(_ path: String, _ reason: String) {
    description = "the compiler's product \(path.isEmpty ? "" : "\"\(path)\" ")cannot be taken: \(reason)"
  }
}
