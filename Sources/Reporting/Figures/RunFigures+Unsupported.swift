import Pricing
import RunRecords
import Statistics

extension RunFigures {
  /// What a reader may look for and the data do not hold, each as a sentence.
  public var unsupported: [String] {
    [percentiles, instants, coldStarts, slo, amortisation, clock, place].compactMap(\.self)
      + (deployment?.gaps ?? [])
  }

  private var percentiles: String? {
    guard let count = figures(.e2e)?.sample.count, count > 0 else { return "No job has an end-to-end time." }
    guard let first = PercentileRule.printed.first(where: { !PercentileRule.supports($0, count: count) }) else {
      return nil
    }
    let needed = QuantityText.grouped(PercentileRule.needed(for: first))
    return
      "Percentiles from \(PercentileRule.name(first)) up are not printed over all jobs: \(QuantityText.grouped(count)) "
      + "jobs leave fewer than ten beyond it, and \(needed) are needed."
  }

  private var instants: String? {
    guard counts.untold > 0 else { return nil }
    return
      "The platform gave no complete set of instants for \(counts.untold) of \(counts.finished) finished jobs; they are in "
      + "end-to-end and missing from its parts."
  }

  private var coldStarts: String? {
    guard cold.unknown > 0 else { return nil }
    return
      "For \(cold.unknown) jobs the platform does not tell whether they waited for an environment; P(cold) is over "
      + "the others."
  }

  private var slo: String? {
    info.sloMilliseconds == nil
      ? "The scenario declares no objective for end-to-end time, so goodput counts every job that succeeded." : nil
  }

  private var amortisation: String? {
    cost.amortised == nil && cost.all.executions > 0
      ? "The scenario declares no executions a month, so what stands idle is in no figure of cost." : nil
  }

  private var clock: String? {
    if info.clockOffset == nil, !info.sameMachine {
      return "The offset between the clocks of generator and platform is not known; it was taken to be none."
    }
    return nil
  }

  private var place: String? {
    info.sameMachine
      ? "This was one machine. Durations say how the platform behaves here, not how fast or how dear AWS would be."
      : nil
  }
}
