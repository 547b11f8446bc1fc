import Jobs
import Scenarios

/// What a plan will do, for `--dry-run` and `check`.
struct PlanText {
  private let plan: Plan

  /// The text of a plan.
  init(_ plan: Plan) {
    self.plan = plan
  }

  /// For example `70 jobs in 2 phases`.
  var summary: String {
    let open = plan.phases.contains { $0.scheduled == nil } ? "at least " : ""
    return "\(open)\(plan.scheduled) jobs in \(plan.phases.count) phases"
  }

  /// The phases with their jobs, rates and entries, a line each.
  var text: String {
    let scenario = plan.scenario
    let head = ["\(scenario.name): \(summary), seed \(scenario.seed), process \(scenario.process.rawValue)"]
    let phases = plan.phases.map { phase in
      let jobs = phase.scheduled.map(String.init) ?? "as many as end"
      let record = phase.phase.recorded ? "" : ", not recorded"
      return "  \(phase.phase.name.padded(to: 14)) \(Self.load(phase.phase.load)): \(jobs) jobs\(record)"
    }
    let mix = Language.allCases.compactMap { language -> String? in
      let names = scenario.mix.filter { $0.submission.language == language }.map(\.name)
      return names.isEmpty ? nil : "  \(language.title.padded(to: 14)) \(names.joined(separator: ", "))"
    }
    let thresholds = scenario.thresholds.map { "  \($0.text)" }
    return (head + ["phases:"] + phases + ["mix:"] + mix + (thresholds.isEmpty ? [] : ["thresholds:"] + thresholds))
      .joined(separator: "\n")
  }

  private static func load(_ load: PhaseLoad) -> String {
    switch load {
    case .constant(let rate, let duration): "constant \(rate)/s for \(duration)"
    case .ramp(let from, let to, let duration): "ramp from \(from)/s to \(to)/s for \(duration)"
    case .stairs(let from, let to, let levels, let each):
      "\(levels) stairs from \(from)/s to \(to)/s, each for \(each)"
    case .spike(let base, let peak, let start, let hold, let duration):
      "\(base)/s for \(duration), \(peak)/s for \(hold) from \(start) on"
    case .burst(let count, let every, let times, let duration):
      times == 1
        ? "\(count) at once, then nothing, for \(duration)" : "\(times) bursts of \(count), every \(every)"
    case .sine(let mean, let amplitude, let period, let start, let duration):
      "sine of \(mean)/s +- \(amplitude)/s, a swing in \(period), from its \(start.rawValue), for \(duration)"
    case .pause(let duration): "nothing for \(duration)"
    case .profile(let shares): "\(shares.intervals.count) intervals in \(shares.duration)"
    case .replay(let trace): replay(trace)
    case .closed(let concurrency, let end, let think):
      "closed, \(concurrency) at once\(Self.end(end))\(Self.think(think))"
    }
  }

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
