import ArgumentParser

/// What `--threads` says.
enum ThreadChoice: ExpressibleByArgument {
  /// As many as the plan needs.
  case automatic
  /// So many.
  case fixed(Int)

  /// Reads `auto` or a number from 1 to 64.
  init?(argument: String) {
    if argument == "auto" {
      self = .automatic
    } else if let number = Int(argument), (1...64).contains(number) {
      self = .fixed(number)
    } else {
      return nil
    }
  }

  /// What help shows as the default.
  var defaultValueDescription: String {
    switch self {
    case .automatic: "auto"
    case .fixed(let number): "\(number)"
    }
  }

  /// The number; nil where the plan decides.
  var number: Int? {
    if case .fixed(let number) = self { number } else { nil }
  }
}
