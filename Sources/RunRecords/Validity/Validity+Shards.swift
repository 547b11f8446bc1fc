import Statistics

extension Validity {
  /// What a run that several generators share says of that; nothing of a run of one.
  static func shards(_ info: RunInfo) -> [ValidityCheck] {
    if let shard = info.shard, shard.count > 1 {
      return [
        ValidityCheck(
          key: "whole_load", name: "Whole load", measured: "shard \(shard)", limit: "always said", level: .noted,
          sentence: "This is shard \(shard): rates are of a part of the load, while the platform bore all of it. "
            + "rce-bench merge joins the shards.")
      ]
    }
    return info.parts.map { [together($0, info)] } ?? []
  }

  /// Shards that do not begin together offer another load than the plan.
  private static func together(_ parts: [RunPart], _ info: RunInfo) -> ValidityCheck {
    let limits = ValidityLimit(.share, suspect: 0.005, invalid: 0.02)
    let latest = parts.map(\.start).max() ?? 0
    let shortest = info.phases.filter { $0.recorded && $0.duration > latest }.map { $0.duration - latest }.min()
    let apart = QuantityText.duration(nanoseconds: latest)
    let bounds = parts.compactMap(\.errorBoundMicroseconds)
    let clock =
      bounds.count == parts.count
      ? "by the platform's clock, ± \(QuantityText.duration(nanoseconds: (bounds.max() ?? 0) * 1_000))"
      : "by the clocks of their machines, whose difference is not known"
    let sentence = "\(parts.count) shards began within \(apart) of each other, \(clock)."
    guard let shortest else {
      return ValidityCheck(unmeasured: "shards_together", "Shards together", limits, sentence)
    }
    return ValidityCheck(
      "shards_together", "Shards together", Double(latest) / Double(shortest), limits, measured: apart,
      sentence: sentence)
  }
}
