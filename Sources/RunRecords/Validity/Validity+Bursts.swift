import Statistics

extension Validity {
  /// How long bursts took to send, which end-to-end times hold: always said where there are any, and judged by lateness.
  static func bursts(_ phases: [PhaseTally]) -> [ValidityCheck] {
    phases.filter { $0.phase.recorded && $0.largestVolley.jobs > 1 && $0.phase.kind == "burst" }.map { tally in
      let volley = tally.largestVolley
      let time = QuantityText.duration(nanoseconds: volley.spread)
      return ValidityCheck(
        key: "burst_spread{phase=\(tally.phase.name)}", name: "Burst, \(tally.phase.name)", measured: time,
        value: Double(volley.spread) / 1e6, limit: "always said", level: .noted,
        sentence:
          "\(QuantityText.grouped(volley.jobs)) jobs were due at one instant, and the last was sent \(time) after "
          + "it; end-to-end time counts from the instant and holds this wait.")
    }
  }
}
