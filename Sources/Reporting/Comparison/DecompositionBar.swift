public import Jobs
import RunRecords

/// Where the time of a language's jobs went on one side, its runs' jobs together.
public struct DecompositionBar: Sendable {
  /// The language.
  public let language: Language
  /// Which jobs.
  public let place: DecompositionFigures.Place
  /// How many jobs are averaged.
  public let count: Int
  /// Mean nanoseconds of each part, in the order of `Decomposition.Part.allCases`.
  public let parts: [Double]
  /// Mean e2e of these jobs, in nanoseconds.
  public let e2e: Double

  static func all(_ side: ComparedSide) -> [DecompositionBar] {
    var order: [Key] = []
    var groups: [Key: [DecompositionFigures]] = [:]
    for figures in side.runs.flatMap(\.decompositions) {
      let key = Key(language: figures.language, place: figures.place)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(figures)
    }
    return order.map { DecompositionBar($0, groups[$0] ?? []) }
  }

  private struct Key: Hashable {
    var language: Language
    var place: DecompositionFigures.Place
  }

  /// The mean over all jobs from the means over each run's.
  private init(_ key: Key, _ figures: [DecompositionFigures]) {
    let all = figures.reduce(0) { $0 + $1.count }
    func mean(_ value: (DecompositionFigures) -> Double) -> Double {
      figures.reduce(0) { $0 + value($1) * Double($1.count) } / Double(all)
    }
    language = key.language
    place = key.place
    count = all
    parts = Decomposition.Part.allCases.indices.map { index in mean { $0.parts[index].nanoseconds } }
    e2e = mean(\.e2e)
  }
}
