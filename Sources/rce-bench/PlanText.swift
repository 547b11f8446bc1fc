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
    case .closed(let concurrency, .duration(let duration)): "closed, \(concurrency) at once for \(duration)"
    case .closed(let concurrency, .jobs(let jobs)): "closed, \(concurrency) at once until \(jobs) jobs"
    }
  }
}
