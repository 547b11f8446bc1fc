import Glibc
import Statistics
import Testing

/// The bars of a comparison: how often equal platforms are called different, and a slower one is found.
@Suite struct FalseAlarmTests {
  /// Log-normal latencies around 400 ms; their logarithms are a first-order autoregression.
  private struct Platform {
    var factor = 1.0
    var sigma = 0.4
    var phi = 0.0

    func jobs(_ count: Int, _ random: inout SplitMix64) -> [Int64] {
      var state = normal(&random)
      let fresh = (1 - phi * phi).squareRoot()
      return (0..<count).map { _ in
        state = phi * state + fresh * normal(&random)
        return Int64(400e6 * factor * exp(sigma * state))
      }
    }

    private func normal(_ random: inout SplitMix64) -> Double {
      (-2 * log(1 - random.unit())).squareRoot() * cos(2 * .pi * random.unit())
    }
  }

  /// The verdicts on a typical job, p95 and p99, whose intervals hold together at 99 %.
  private func verdicts(_ baseline: Platform, _ candidate: Platform, _ random: inout SplitMix64) -> [ShiftVerdict] {
    let pair = SamplePair(baseline: baseline.jobs(2_000, &random), candidate: candidate.jobs(2_000, &random))
    let alpha = 0.01 / 3
    let shifts = [
      HodgesLehmann.shift(pair, alpha: alpha), QuantileShift.shift(pair, at: 0.95, alpha: alpha),
      QuantileShift.shift(pair, at: 0.99, alpha: alpha),
    ]
    return shifts.compactMap(\.self).map { ShiftVerdict($0, margin: 0.05) }
  }

  @Test("A/A over 200 pairs: at most 1 % false alarms", arguments: [0.0, 0.6])
  func equal(phi: Double) {
    var random = SplitMix64(seed: 20_261_127)
    let platform = Platform(phi: phi)
    let alarms = (0..<200).count { _ in
      verdicts(platform, platform, &random).contains { $0 == .regression || $0 == .improvement }
    }
    #expect(alarms <= 2, "\(alarms) of 200")
  }

  @Test("10 % more at n = 2,000 is found in at least 95 %", arguments: [(0.4, 0.0), (0.25, 0.6)])
  func slower(sigma: Double, phi: Double) {
    var random = SplitMix64(seed: 4)
    let found = (0..<200).count { _ in
      verdicts(
        Platform(sigma: sigma, phi: phi), Platform(factor: 1.1, sigma: sigma, phi: phi), &random
      ).contains(.regression)
    }
    #expect(found >= 190, "\(found) of 200")
  }

  @Test("10 % less is called an improvement, never a regression")
  func faster() {
    var random = SplitMix64(seed: 5)
    let all = (0..<50).map { _ in verdicts(Platform(), Platform(factor: 0.9), &random) }
    #expect(all.count { $0[0] == .improvement } >= 48)
    #expect(!all.contains { $0.contains(.regression) })
  }

  @Test("equal platforms of little spread are shown to be the same")
  func same() {
    var random = SplitMix64(seed: 6)
    let all = (0..<50).map { _ in verdicts(Platform(sigma: 0.2), Platform(sigma: 0.2), &random) }
    #expect(all.count { $0[0] == .noChange } >= 48)
  }

  @Test("what is said to be detectable in four cases of five is found about as often")
  func detectable() throws {
    var random = SplitMix64(seed: 7)
    let first = Platform()
    let pair = SamplePair(baseline: first.jobs(2_000, &random), candidate: first.jobs(2_000, &random))
    let shift = try #require(HodgesLehmann.shift(pair, alpha: 0.01))
    let effect = try #require(shift.detectable(margin: 0.05 * shift.reference)) / shift.reference
    let found = (0..<200).count { _ in
      let pair = SamplePair(
        baseline: first.jobs(2_000, &random), candidate: Platform(factor: 1 + effect).jobs(2_000, &random))
      return HodgesLehmann.shift(pair, alpha: 0.01).map { ShiftVerdict($0, margin: 0.05) } == .regression
    }
    #expect((140...185).contains(found), "\(found) of 200 at \(effect)")
  }
}
