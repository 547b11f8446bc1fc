/// A search for the highest rate that a platform holds.
public struct RateSearch: Sendable, Hashable {
  /// The first rate, in jobs a second.
  public var from: Double
  /// The highest rate that is ever sent, in jobs a second.
  public var to: Double
  /// Time at a rate before its window.
  public var warmUp: Duration = .seconds(5)
  /// How long a rate is measured, at least.
  public var window: Duration = .seconds(30)
  /// How often the highest rate has to hold again.
  public var confirmations = 3

  /// A search with the usual windows.
  public init(from: Double, to: Double) {
    self.from = from
    self.to = to
  }
}

extension Scenario {
  /// What is searched for; nil where the scenario is a run.
  public var search: RateSearch? {
    if case .search(let search)? = phases.first?.load { search } else { nil }
  }
}

extension ScenarioDocument {
  /// The same scenario with a warm-up and a recorded window, named `window`, at one rate in place of its phases.
  ///
  /// - Parameters:
  ///   - rate: jobs a second.
  ///   - promises: the thresholds, which take the place of those that may name phases.
  ///   - seed: of the step's own, so that a repetition is not the same arrivals again.
  public func step(
    rate: Double, warmUp: Duration, window: Duration, promises: [String], seed: UInt64
  ) -> ScenarioDocument {
    var document = self
    let arrivals = root["arrivals"]
    let process = arrivals?["process"] ?? Self.word("poisson", at: root.place)
    let mix = arrivals?["phases"].flatMap(Self.searchedMix)
    let phases = [
      warmUp > .zero ? phase("warm-up", rate, warmUp, mix, [("record", "false")]) : nil,
      phase("window", rate, window, mix, [("require_steady", "true")]),
    ].compactMap(\.self)
    document.set("seed", Self.word("\(seed)", at: root.place))
    document.set("arrivals", mapping([("process", process), ("phases", list(phases))]))
    document.set(
      "thresholds", list(promises.map { ScenarioNode(.text(ScenarioText($0, isPlain: false)), at: root.place) }))
    return document
  }

  /// The mix of its own that the searching phase has.
  private static func searchedMix(_ phases: ScenarioNode) -> ScenarioNode? {
    guard case .list(let items) = phases.content, items.count == 1 else { return nil }
    return items[0]["mix"]
  }

  private func phase(
    _ name: String, _ rate: Double, _ duration: Duration, _ mix: ScenarioNode?, _ more: [(String, String)]
  ) -> ScenarioNode {
    let words = [
      ("name", name), ("kind", "constant"), ("rate", "\(rate)/s"), ("for", "\(duration.inNanoseconds / 1_000_000)ms"),
    ]
    return mapping(
      (words + more).map { ($0, Self.word($1, at: root.place)) } + (mix.map { [("mix", $0)] } ?? []))
  }

  private func mapping(_ pairs: [(String, ScenarioNode)]) -> ScenarioNode {
    ScenarioNode(.mapping(pairs.map { ScenarioPair($0, at: root.place, $1) }), at: root.place)
  }

  private func list(_ items: [ScenarioNode]) -> ScenarioNode { ScenarioNode(.list(items), at: root.place) }

  private static func word(_ text: String, at place: ScenarioPlace) -> ScenarioNode {
    ScenarioNode(.text(ScenarioText(text, isPlain: true)), at: place)
  }
}
