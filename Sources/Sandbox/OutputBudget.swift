/// How many bytes of output are still admitted, both streams together.
package struct OutputBudget: Sendable, Equatable {
  /// Bytes that may still come.
  package private(set) var remaining: Int
  /// More came than was admitted.
  package private(set) var isExceeded = false

  /// A budget of this many bytes.
  package init(_ bytes: Int) {
    remaining = bytes
  }

  /// One byte more than is admitted: reading it is how an overrun is noticed, and more is never held.
  package var readSize: Int { min(remaining, 65_535) + 1 }

  /// How many of these bytes may be kept.
  package mutating func admit(_ count: Int) -> Int {
    let admitted = min(count, remaining)
    remaining -= admitted
    if count > admitted { isExceeded = true }
    return admitted
  }
}
