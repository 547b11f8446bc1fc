import FoundationEssentials
import Jobs
import Pricing
import Scenarios

extension PlanForecast {
  /// The predicted cost for people; nil where it is unknown.
  public var costText: String? {
    dollars.flatMap { Decimal(string: String($0)) }.map(MoneyText.dollars)
  }

  /// The forecast for tools: counts, seconds, dollars; what is unknown is null.
  ///
  /// - Parameter ceilings: what bounds the plan on AWS; null elsewhere.
  public func json(ceilings: PlanCeilings? = nil) throws -> String {
    let mix = plan.scenario.mix
    let entries = entries
    let groups = Dictionary(grouping: mix.indices) { mix[$0].submission.language.rawValue }
    let languages = groups.mapValues { own in entries.map { entries in own.reduce(0) { $0 + entries[$1] } } }
    let document = Document(
      scenario: plan.scenario.name, seed: plan.scenario.seed, process: plan.scenario.process.rawValue,
      phases: phases.map(Document.Phase.init), jobs: jobs, jobsByLanguage: languages,
      jobsByEntry: Dictionary(
        mix.indices.map { (mix[$0].name, entries?[$0]) }, uniquingKeysWith: { first, _ in first }),
      seconds: seconds, statusReads: reads, dollars: dollars, basis: source, ceilings: ceilings?.rows)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  private struct Document: Encodable {
    struct Phase: Encodable {
      let name, kind: String
      let recorded: Bool
      let start, seconds: Double?
      let jobs: Int?
      let meanInFlight, peakInFlight, statusReads: Double?

      init(_ phase: PhaseForecast) {
        name = phase.planned.phase.name
        kind = phase.planned.phase.load.kind
        recorded = phase.planned.phase.recorded
        (start, seconds, jobs) = (phase.start, phase.seconds, phase.jobs)
        (meanInFlight, peakInFlight, statusReads) = (phase.meanInFlight, phase.peakInFlight, phase.reads)
      }
    }

    let scenario: String
    let seed: UInt64
    let process: String
    let phases: [Phase]
    let jobs: Int?
    let jobsByLanguage: [String: Int?]
    let jobsByEntry: [String: Int?]
    let seconds, statusReads, dollars: Double?
    let basis: String?
    let ceilings: [PlanCeilings.Row]?
  }
}
