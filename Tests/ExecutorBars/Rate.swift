import BarReporting
import HostSystem

/// Jobs a second of workers that take one job after the other, all at the same time, in short phases.
struct Rate {
  /// Seconds that a phase lasts.
  static let phase = 2.0

  let name: String
  let workers: Int
  /// Executes one job; whether it completed, and with the right output.
  let job: @Sendable () -> Bool

  /// Jobs a second of one phase; those in hand at its end are finished and counted.
  func measure() throws -> (rate: Double, failures: Int) {
    let counts = Lock((right: 0, failed: 0))
    let start = MonotonicInstant.now
    let end = start + Int64(Self.phase * 1e9)
    let threads = try (0..<workers).map { number in
      try NativeThread(named: "rate-\(number)") {
        while MonotonicInstant.now < end {
          let isRight = job()
          counts.withLock { if isRight { $0.right += 1 } else { $0.failed += 1 } }
        }
      }
    }
    for thread in threads { thread.join() }
    let seconds = Double(MonotonicInstant.now - start) / 1e9
    return counts.withLock { (Double($0.right) / seconds, $0.failed) }
  }
}

/// Lets the rates take turns, phase by phase.
func interleaved(_ rates: [Rate], rounds: Int) throws -> [RateReadings] {
  var readings = rates.map { RateReadings(name: $0.name) }
  for round in 0...rounds {
    for (index, rate) in rates.enumerated() {
      let phase = try rate.measure()
      readings[index].failures += phase.failures
      if round > 0 { readings[index].rates.append(phase.rate) }
    }
  }
  return readings
}

/// Jobs a second, phase by phase.
struct RateReadings {
  let name: String
  var rates: [Double] = []
  /// Jobs that did not complete with the right output; they are not counted in the rates.
  var failures = 0

  var median: Double { quantile(0.5, of: rates) }
  var best: Double { rates.max() ?? .nan }

  var facts: [Bar.Fact] {
    [Bar.Fact("\(name) p50", median, "jobs/s"), Bar.Fact("best", best, "jobs/s")]
      + (failures > 0 ? [Bar.Fact("failed", Double(failures))] : [])
  }
}
