import BarReporting

/// Milliseconds of one contestant, round by round.
struct Readings {
  let name: String
  var samples: [Double] = []
  /// Rounds in which it did not do it the way that the row is about, for example started cold where a warm start is
  /// measured.
  var strays = 0

  var median: Double { quantile(0.5, of: samples) }
  var least: Double { samples.min() ?? .nan }

  /// Nearly all rounds were what the row is about; a median of others is no figure of it.
  var isTrue: Bool { !samples.isEmpty && Double(strays) <= 0.05 * Double(samples.count) }
}

/// One of those that take turns.
struct Contestant {
  let name: String
  /// What must be ready before each turn, and is not measured.
  var before: () throws -> Void = {}
  /// One turn: what it took, and whether it was done the way that the row is about.
  let run: () throws -> (milliseconds: Double, isTrue: Bool)
}

/// Lets the contestants take turns, so that what else the machine does meets all alike.
///
/// The first round fills caches and is not counted.
func interleaved(_ contestants: [Contestant], rounds: Int) throws -> [Readings] {
  var readings = contestants.map { Readings(name: $0.name) }
  for round in 0...rounds {
    for (index, contestant) in contestants.enumerated() {
      try contestant.before()
      let turn = try contestant.run()
      if round == 0 { continue }
      readings[index].samples.append(turn.milliseconds)
      if !turn.isTrue { readings[index].strays += 1 }
    }
  }
  return readings
}
