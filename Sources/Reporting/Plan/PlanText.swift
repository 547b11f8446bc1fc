import Jobs
import Scenarios
import Statistics

/// What a plan will do, for `--dry-run` and `check`.
public struct PlanText {
  private let forecast: PlanForecast
  private var plan: Plan { forecast.plan }

  /// The text of a forecast.
  public init(_ forecast: PlanForecast) {
    self.forecast = forecast
  }

  /// For example `70 jobs in 2 phases`.
  public var summary: String {
    let open = plan.phases.contains { $0.scheduled == nil } ? "at least " : ""
    return "\(open)\(plan.scheduled) jobs in \(plan.phases.count) phases"
  }

  /// The chart, the phases with their jobs, and what all of it comes to; fits 80 columns but for long names.
  public var text: String {
    let scenario = plan.scenario
    let head = ["\(scenario.name): \(summary), seed \(scenario.seed), process \(scenario.process.rawValue)"]
    let thresholds = scenario.thresholds.map { "  \($0.text)" }
    let chart = PlanChart.lines(forecast)
    return
      (head + chart + ["phases:"] + forecast.phases.flatMap(phase) + ["mix:"] + mix + ["in all:"] + totals
      + (thresholds.isEmpty ? [] : ["thresholds:"] + thresholds)).joined(separator: "\n")
  }

  private func phase(_ phase: PlanForecast.PhaseForecast) -> [String] {
    let own = phase.planned.phase
    let about = phase.planned.scheduled == nil ? "about " : ""
    let jobs = phase.jobs.map { "\(about)\(QuantityText.grouped($0)) jobs" } ?? "as many jobs as end"
    let record = own.recorded ? "" : ", not recorded"
    return [
      "  \(own.name.padded(to: 14)) \(Self.load(own.load))",
      "  \(String(repeating: " ", count: 14)) \(jobs)\(inFlight(phase))\(record)",
    ]
  }

  private func inFlight(_ phase: PlanForecast.PhaseForecast) -> String {
    guard let mean = phase.meanInFlight, phase.jobs != 0 else { return "" }
    let limit = plan.scenario.limits.maximumInFlight
    let peak = phase.peakInFlight.map { ", at most about \(QuantityText.number($0))" } ?? ""
    let isOver = (phase.peakInFlight ?? 0) > Double(limit)
    let over = isOver ? " (max_in_flight is \(limit): jobs would \(onLimit))" : ""
    return ", \(QuantityText.number(mean)) in flight\(peak)\(over)"
  }

  private var onLimit: String { plan.scenario.limits.onLimit == .drop ? "be dropped" : "wait in the generator" }

  // MARK: Sums

  private var mix: [String] {
    let (mix, entries) = (plan.scenario.mix, forecast.entries)
    return Language.allCases.compactMap { language in
      let own = mix.indices.filter { mix[$0].submission.language == language }
      guard !own.isEmpty else { return nil }
      let names = own.map { index in
        entries.map { "\(mix[index].name) \(QuantityText.grouped($0[index]))" } ?? mix[index].name
      }
      let sum = entries.map { entries in "\(QuantityText.grouped(own.reduce(0) { $0 + entries[$1] })): " } ?? ""
      return "  \(language.title.padded(to: 14)) \(sum)\(names.joined(separator: ", "))"
    }
  }

  private var totals: [String] {
    let drain = plan.scenario.limits.drain
    let length = forecast.seconds.map {
      "\(QuantityText.duration(nanoseconds: $0 * 1e9)), then up to \(drain) of drain"
    }
    let reads = forecast.reads.map { "about \(QuantityText.grouped(Int($0.rounded()))) status reads" }
    let unknown = "unknown: say assume: { e2e: 300ms } in the scenario, or --model RUN"
    let noCost = "unknown: say assume: { billed: 120ms, memory: 1024MiB } in the scenario, or --model RUN"
    let basis = forecast.source.map { ", \($0)" } ?? ""
    return [
      "  \("time".padded(to: 14)) \(length ?? unknown)", "  \("polling".padded(to: 14)) \(reads ?? unknown)",
      "  \("cost".padded(to: 14)) \(forecast.costText.map { $0 + " at list price on AWS Lambda" + basis } ?? noCost)",
    ]
  }

  private static func load(_ load: PhaseLoad) -> String {
    switch load {
    case .constant(let rate, let duration): "constant \(number(rate))/s for \(duration)"
    case .ramp(let from, let to, let duration): "ramp from \(number(from))/s to \(number(to))/s for \(duration)"
    case .stairs(let from, let to, let levels, let each):
      "\(levels) stairs from \(number(from))/s to \(number(to))/s, each for \(each)"
    case .spike(let base, let peak, let start, let hold, let duration):
      "\(number(base))/s for \(duration), \(number(peak))/s for \(hold) from \(start) on"
    case .burst(let count, let every, let times, let duration):
      times == 1
        ? "\(count) at once, then nothing, for \(duration)" : "\(times) bursts of \(count), every \(every)"
    case .sine(let mean, let amplitude, let period, let start, let duration):
      "sine of \(number(mean))/s +- \(number(amplitude))/s, a swing in \(period), from its \(start.rawValue), for \(duration)"
    case .pause(let duration): "nothing for \(duration)"
    case .profile(let shares): "\(shares.intervals.count) intervals in \(shares.duration)"
    case .replay(let trace): replay(trace)
    case .search(let search): "a search from \(number(search.from))/s to \(number(search.to))/s"
    case .closed(let concurrency, let end, let think):
      "closed, \(concurrency) at once\(Self.end(end))\(Self.think(think))"
    }
  }

  private static func number(_ value: Double) -> String { QuantityText.number(value) }

  private static func end(_ end: ClosedEnd) -> String {
    switch end {
    case .duration(let duration): " for \(duration)"
    case .jobs(let jobs): " until \(jobs) jobs"
    }
  }

  private static func think(_ think: ThinkTime?) -> String {
    switch think {
    case nil: ""
    case .fixed(let time): ", thinking \(time)"
    case .exponential(let mean): ", thinking \(mean) on average"
    }
  }

  private static func replay(_ trace: ReplayTrace) -> String {
    let length = "replay of \(trace.file) in \(trace.duration)"
    return trace.speed == 1
      ? length : "\(length), \(trace.speed) times the speed, so that the rate is \(trace.speed) times the recorded one"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
