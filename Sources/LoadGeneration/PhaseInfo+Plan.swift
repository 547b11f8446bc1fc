public import RunRecords
public import Scenarios

extension PhaseInfo {
  /// The phases as planned, before anything has run; what only the run can tell is 0.
  public static func planned(_ plan: Plan) -> [PhaseInfo] {
    var start: Int64 = 0
    return plan.phases.map { planned in
      let duration = planned.phase.load.duration?.inNanoseconds ?? 0
      defer { start += duration }
      return PhaseInfo(planned.phase, start: start, duration: duration, scheduled: planned.scheduled ?? 0)
    }
  }

  init(_ phase: Phase, start: Int64, duration: Int64, scheduled: Int) {
    let isClosed = if case .closed = phase.load { true } else { false }
    self.init(
      name: phase.name, kind: phase.load.kind, start: start, duration: duration, scheduled: scheduled,
      recorded: phase.recorded, closed: isClosed)
  }
}
