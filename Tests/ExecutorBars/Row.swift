import BarReporting

/// One row of the table of bars: what it is called, and how it is measured.
struct Row: Sendable {
  /// What `--only` takes.
  let name: String
  /// Rounds where none are asked for.
  let rounds: Int
  /// Measures; an error stands for a figure that cannot be had.
  let measure: @Sendable (Bench, Int) throws -> [Bar]
  /// The bars that the row has, for when it cannot be measured.
  let bars: [(name: String, bound: Bar.Bound, unit: String)]

  init(
    _ name: String, rounds: Int, bars: [(String, Bar.Bound, String)],
    _ measure: @escaping @Sendable (Bench, Int) throws -> [Bar]
  ) {
    self.name = name
    self.rounds = rounds
    self.bars = bars
    self.measure = measure
  }

  /// The row's bars, measured; where that fails, without figures and with the reason.
  func bars(_ bench: Bench, rounds asked: Int?) -> [Bar] {
    do {
      return try measure(bench, asked ?? rounds)
    } catch {
      return bars.map { Bar(name: $0.name, figure: nil, bound: $0.bound, unit: $0.unit, detail: "\(error)") }
    }
  }
}
