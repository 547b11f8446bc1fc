import Jobs

/// Why a cost cannot be told: what was asked for, what is wrong with it, and what to do.
package struct PricingError: Error, CustomStringConvertible, Sendable, Equatable {
  /// What is wrong.
  package let what: String
  /// What to do; nil where `what` says it.
  package let hint: String?

  package init(_ what: String, hint: String? = nil) {
    self.what = what
    self.hint = hint
  }

  /// What is wrong and what to do, in one line.
  package var description: String { "\(what)\(hint.map { " (\($0))" } ?? "")" }

  /// A name that is none of those that there are; the nearest is proposed.
  package static func unknown(_ kind: String, _ name: String, among names: [String], hint: String) -> PricingError {
    let nearest = names.map { (name: $0, distance: editDistance(name, $0)) }.min { $0.distance < $1.distance }
    let isNear = nearest.map { $0.distance <= max(1, name.count / 3) } ?? false
    let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", ..." : "")
    return PricingError(
      "unknown \(kind) '\(name)'",
      hint: isNear ? "did you mean '\(nearest?.name ?? "")'?" : "\(hint) \(shown)")
  }
}
