/// Everything that is wrong with a scenario, in the order of the file, so that it is mended in one go.
public struct ScenarioError: Error, CustomStringConvertible, Sendable, Equatable {
  /// What is wrong; never empty.
  public let problems: [ScenarioProblem]

  package init(_ problems: [ScenarioProblem]) {
    self.problems = problems
  }

  /// One line a problem: where, what, and what to do.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing that is wrong with a scenario.
public struct ScenarioProblem: Error, CustomStringConvertible, Sendable, Equatable {
  /// Where what is wrong was written.
  public let place: ScenarioPlace
  /// What is wrong.
  public let what: String
  /// What to do; nil where the problem says it.
  public let hint: String?

  /// Where, what, and what to do in one line.
  public var description: String { "\(place): \(what)\(hint.map { " (\($0))" } ?? "")" }
}

/// Where a part of a scenario was written.
public enum ScenarioPlace: CustomStringConvertible, Sendable, Hashable {
  /// In a file; lines and columns count from 1.
  case file(String, line: Int, column: Int)
  /// In `--set`, under this path.
  case override(String)
  /// In an environment variable of this name.
  case environment(String)

  /// The place as compilers print it.
  public var description: String {
    switch self {
    case .file(let path, let line, let column): "\(path):\(line):\(column)"
    case .override(let text): "--set \(text)"
    case .environment(let name): "environment variable \(name)"
    }
  }

  /// The line in the scenario's file; 0 for what was not written there.
  public var line: Int {
    if case .file(_, let line, _) = self { line } else { 0 }
  }

  /// Line and column, to sort by.
  var position: (Int, Int) {
    if case .file(_, let line, let column) = self { (line, column) } else { (0, 0) }
  }

  /// The place so many characters further to the right.
  package func advanced(by columns: Int) -> Self {
    if case .file(let path, let line, let column) = self {
      .file(path, line: line, column: column + columns)
    } else {
      self
    }
  }
}
