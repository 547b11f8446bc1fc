import Glibc
import Scenarios
import Testing

@Suite("A rate profile")
struct RateProfileTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let profile: RateProfile
    let total: Double
  }

  static let shapes: [Shape] = [
    Shape(testDescription: "constant", profile: RateProfile(from: 5, to: 5, seconds: 2), total: 10),
    Shape(testDescription: "ramp from 0", profile: RateProfile(from: 0, to: 40, seconds: 120), total: 2_400),
    Shape(testDescription: "ramp to 0", profile: RateProfile(from: 40, to: 0, seconds: 120), total: 2_400),
    Shape(testDescription: "stairs", profile: RateProfile(levels: [(5, 10), (15, 10), (25, 10)]), total: 450),
    Shape(
      testDescription: "gaps", profile: RateProfile(levels: [(0, 3), (7, 10), (0, 5), (0, 5), (3, 10), (0, 4)]),
      total: 100),
    Shape(testDescription: "spike", profile: RateProfile(levels: [(40, 57.5), (400, 5), (40, 57.5)]), total: 6_600),
    Shape(
      testDescription: "sine to 0 and back",
      profile: RateProfile([.sine(SineRate(mean: 20, amplitude: 20, period: 30, begin: 0.75, seconds: 90))]),
      total: 1_800),
    Shape(
      testDescription: "sine cut in the middle",
      profile: RateProfile([.sine(SineRate(mean: 20, amplitude: 10, period: 40, begin: 0, seconds: 60))]),
      total: 1_200 + 10 * 40 / Double.pi),
    Shape(
      testDescription: "very fast", profile: RateProfile(from: 1_000_000, to: 1_000_000, seconds: 0.02), total: 20_000),
    Shape(testDescription: "very slow", profile: RateProfile(from: 1e-4, to: 1e-4, seconds: 1e6), total: 100),
  ]

  @Test("has as many arrivals as its integral, in order, each where the integral reaches its number", arguments: shapes)
  func inverse(_ shape: Shape) {
    let profile = shape.profile
    #expect((profile.total - shape.total).magnitude < 1e-9 * shape.total)
    let times = Array(ArrivalSchedule(profile))
    #expect((Double(times.count) - shape.total).magnitude <= 1)
    for (index, time) in times.enumerated() {
      // A nanosecond's rounding, at the highest rate.
      let miss = profile.expected(by: Double(time) / 1e9) - Double(index)
      #expect(miss.magnitude < 1e-6 + profile.peak * 1e-9)
    }
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    #expect(times.allSatisfy { $0 >= 0 && Double($0) < profile.seconds * 1e9 })
  }

  @Test("gives the n-th arrival without a walk, the same as the walk", arguments: shapes)
  func access(_ shape: Shape) {
    for schedule in [
      ArrivalSchedule(shape.profile),
      ArrivalSchedule(shape.profile, randomness: RandomStream(seed: 3, purpose: 1, index: 2)),
    ] {
      let times = Array(schedule)
      #expect(schedule.count == times.count)
      for index in stride(from: 0, to: times.count, by: max(1, times.count / 7)) {
        #expect(schedule.due(index) == times[index])
      }
      #expect(schedule.due(times.count) == nil && schedule.due(-1) == nil)
    }
  }

  @Test("on the scale of its integral has exponential gaps where arrivals are random (KS at 0.01)", arguments: shapes)
  func rescaling(_ shape: Shape) {
    // Each shape is walked for as many seeds as give 5000 gaps or so.
    var gaps: [Double] = []
    for seed in 0..<UInt64(max(1, 5_000 / shape.total)) {
      let randomness = RandomStream(seed: seed, purpose: 1, index: 0)
      let marks = ArrivalSchedule(shape.profile, randomness: randomness).map {
        shape.profile.expected(by: Double($0) / 1e9)
      }
      // The first and the last gap of a window are cut, which would matter where windows hold few arrivals.
      gaps += zip([0] + marks, marks).map { $1 - $0 }
    }
    gaps = Array(gaps.prefix(20_000)).sorted()
    let n = Double(gaps.count)
    let distance =
      gaps.enumerated().map { index, gap in
        let expected = 1 - exp(-gap)
        return max((expected - Double(index) / n).magnitude, (Double(index + 1) / n - expected).magnitude)
      }.max() ?? 1
    // The bias of windows of 100 arrivals, of which the last gap is missing, is below 0.01.
    #expect(distance < 1.628 / n.squareRoot() + (shape.total < 1_000 ? 1 / shape.total : 0))
  }

  @Test("puts arrivals at the edge of a gap where the rate rises again")
  func edges() {
    let profile = RateProfile(levels: [(1, 2), (0, 3), (1, 2)])
    #expect(Array(ArrivalSchedule(profile)) == [0, 1, 5, 6].map { $0 * 1_000_000_000 })
    let late = RateProfile(levels: [(0, 2), (2, 1)])
    #expect(Array(ArrivalSchedule(late)) == [2_000_000_000, 2_500_000_000])
    #expect(Array(ArrivalSchedule(RateProfile(from: 0, to: 0, seconds: 9))).isEmpty)
    #expect(profile.rate(at: 1.9) == 1 && profile.rate(at: 2) == 0 && profile.rate(at: 5) == 1)
  }

  // From an implementation in another language, with its own inverse (bisection).
  @Test("gives these due times for seed 1, on every machine")
  func golden() {
    let stream = RandomStream(seed: 1, purpose: 1, index: 0)
    let sine = RateProfile([.sine(SineRate(mean: 10, amplitude: 10, period: 60, begin: 0.75, seconds: 60))])
    #expect(
      Array(ArrivalSchedule(sine, randomness: stream).prefix(4)) == [
        4_317_774_313, 4_938_776_081, 4_987_399_143, 5_124_143_301,
      ])
    let stairs = RateProfile(levels: [(1, 1), (20, 1)])
    #expect(
      Array(ArrivalSchedule(stairs, randomness: stream).prefix(4)) == [
        1_022_814_062, 1_058_623_513, 1_061_833_833, 1_071_195_126,
      ])
    #expect(Array(ArrivalSchedule(sine).prefix(4)) == [0, 3_806_404_582, 4_803_302_038, 5_505_694_883])
  }

  @Test("walks a million arrivals, and counts them without one")
  func million() {
    let schedule = ArrivalSchedule(RateProfile(from: 10_000, to: 30_000, seconds: 50))
    #expect(schedule.count == 1_000_000)
    var iterator = schedule.makeIterator()
    var (count, last) = (0, Int64(-1))
    while let due = iterator.next() {
      if due <= last { break }
      (count, last) = (count + 1, due)
    }
    #expect(count == 1_000_000 && last < 50_000_000_000)
  }

  @Test("of bursts has all of a burst at one instant")
  func bursts() {
    let schedule = ArrivalSchedule(Bursts(size: 3, every: 2_000_000_000, times: 2))
    #expect(Array(schedule) == [0, 0, 0, 2_000_000_000, 2_000_000_000, 2_000_000_000])
    #expect(schedule.count == 6 && schedule.due(3) == 2_000_000_000 && schedule.due(6) == nil)
    #expect([0, 0.1, 2, 2.1, 99].map(schedule.expected(before:)) == [0, 3, 3, 6, 6])
  }

  @Test("comes from elementary functions that are right to the last bits")
  func functions() {
    for step in -40...40 {
      let x = Double(step) / 16 + 0.013
      #expect((cosine(ofTurns: x) - cos(2 * Double.pi * (x - x.rounded()))).magnitude < 4e-16)
      let y = -Double(step + 40) * 8.7
      #expect((naturalExponential(y) - exp(y)).magnitude <= 1e-14 * exp(y))
    }
    #expect([0, 0.25, 0.5, 0.75, 1].map { cosine(ofTurns: $0) } == [1, 0, -1, 0, 1])
  }
}
