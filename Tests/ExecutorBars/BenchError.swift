/// Something that keeps a row from being measured.
struct BenchError: Error, CustomStringConvertible {
  /// What was tried, and what came of it.
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
