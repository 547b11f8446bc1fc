import Glibc
import Scenarios
import Testing

@Suite("The arrivals of a plan")
struct ArrivalScheduleTests {
  private static let seed: UInt64 = 20_260_401

  private static func poisson(_ profile: RateProfile, seed: UInt64 = seed, index: UInt64 = 0) -> ArrivalSchedule {
    ArrivalSchedule(profile, randomness: RandomStream(seed: seed, purpose: 1, index: index))
  }

  @Test("at a constant rate are due at n / rate")
  func uniform() {
    let schedule = ArrivalSchedule(RateProfile(from: 5, to: 5, seconds: 2))
    #expect(Array(schedule) == (0..<10).map { Int64($0) * 200_000_000 })
    #expect(schedule.count == 10)
  }

  @Test(
    "on a ramp are due where the integral of the rate reaches their number",
    arguments: [(0.0, 40.0), (40, 0), (5, 40), (40, 5), (7, 7), (10, 10.000001)])
  func ramp(from: Double, to: Double) {
    let profile = RateProfile(from: from, to: to, seconds: 120)
    let times = Array(ArrivalSchedule(profile))
    #expect(times.count == Int((profile.total * (1 - 1e-12)).rounded(.up)))
    for (index, time) in times.enumerated() {
      #expect((profile.expected(by: Double(time) / 1e9) - Double(index)).magnitude < 1e-5)
    }
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("of a Poisson process are the same for the same seed and phase, and others for others")
  func purity() {
    let profile = RateProfile(from: 40, to: 40, seconds: 60)
    let first = Array(Self.poisson(profile))
    #expect(first == Array(Self.poisson(profile)))
    #expect(first != Array(Self.poisson(profile, seed: 2)))
    #expect(first != Array(Self.poisson(profile, index: 1)))
  }

  // The figures come from an implementation in another language.
  @Test("of a Poisson process are these for seed 1, on every machine")
  func golden() {
    var stream = RandomStream(seed: 1, purpose: 1, index: 0)
    let schedule = ArrivalSchedule(RateProfile(from: 10, to: 10, seconds: 60), randomness: stream)
    #expect(Array(schedule.prefix(4)) == [145_628_123, 217_247_026, 223_667_666, 242_390_252])
    #expect([stream.next(), stream.next()] == [4_299_964_005_747_111_034, 9_013_278_270_467_728_250])
  }

  @Test(
    "of a Poisson process have exponential gaps (n = 10000, KS at 0.01, CV 1 +- 0.03)", arguments: [1, 2, 20_260_401])
  func poissonGaps(seed: UInt64) throws {
    let rate = 1_000.0
    let times = Self.poisson(RateProfile(from: rate, to: rate, seconds: 12), seed: seed).prefix(10_001).map(Double.init)
    let gaps = zip(times.dropFirst(), times).map { ($0 - $1) / 1e9 }.sorted()
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let variance = gaps.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(gaps.count - 1)
    #expect((variance.squareRoot() / mean - 1).magnitude < 0.03)
    let distance = gaps.enumerated().map { index, gap in
      let expected = 1 - exp(-gap * rate)
      let n = Double(gaps.count)
      return max((expected - Double(index) / n).magnitude, (Double(index + 1) / n - expected).magnitude)
    }.max()
    // The critical value of the one-sample test at 0.01 is 1.628 / sqrt(n).
    #expect(try #require(distance) < 0.01628)
  }

  @Test("of a Poisson process on a ramp come as often as its rate says")
  func poissonRamp() {
    let profile = RateProfile(from: 0, to: 200, seconds: 100)
    let times = Array(Self.poisson(profile))
    let early = times.filter { $0 < 50_000_000_000 }.count
    // 10000 expected in all, 2500 in the first half; four standard deviations.
    #expect((Double(times.count) - 10_000).magnitude < 400)
    #expect((Double(early) - 2_500).magnitude < 200)
    #expect(Self.poisson(profile).count == times.count)
  }

  @Test("of ten hours are walked without being stored")
  func long() {
    let schedule = Self.poisson(RateProfile(from: 5, to: 5, seconds: 36_000))
    #expect((Double(schedule.count) - 180_000).magnitude < 1_700)
    #expect(MemoryLayout<ArrivalSchedule.Iterator>.size < 100)
  }

  @Test(
    "come from a logarithm that is right to the last bits",
    arguments: [1e-300, 1e-17, 0.1, 0.5, 0.7071, 0.9999, 1, 1.5, 2, 1e9])
  func logarithm(x: Double) {
    #expect((naturalLogarithm(x) - log(x)).magnitude <= 4 * log(x).ulp)
  }
}
