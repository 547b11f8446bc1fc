import Scenarios
import Testing

@Suite("The order of the mix")
struct EntryScheduleTests {
  private static func schedule(_ weights: [Double], jobs: Int?, seed: UInt64 = 7) -> EntrySchedule {
    EntrySchedule(
      .shares(weights.enumerated().map { MixShare(entry: $0, weight: $1) }), jobs: jobs,
      randomness: RandomStream(seed: seed, purpose: 2, index: 0))
  }

  private static func counts(_ entries: some Sequence<Int>, of kinds: Int) -> [Int] {
    entries.reduce(into: Array(repeating: 0, count: kinds)) { $0[$1] += 1 }
  }

  @Test(
    "has each entry exactly as often as its share says, by largest remainders",
    arguments: [
      ([50, 25, 15, 10], 1_000, [500, 250, 150, 100]), ([50, 25, 15, 10], 33, [17, 8, 5, 3]),
      ([94, 4.9, 0.7, 0.3], 6_370, [5_994, 312, 45, 19]), ([1, 1, 1], 100, [34, 33, 33]), ([1], 5, [5]),
      ([0.333, 0.667], 3_000, [999, 2_001]), ([3, 1], 1, [1, 0]),
    ] as [([Double], Int, [Int])])
  func exact(weights: [Double], jobs: Int, expected: [Int]) {
    #expect(Self.counts(Self.schedule(weights, jobs: jobs), of: weights.count) == expected)
  }

  @Test("is exact in every block too, also where nobody knows how many jobs there will be")
  func blocks() {
    let entries = Array(Self.schedule([50, 25, 15, 10], jobs: nil).prefix(200))
    for start in stride(from: 0, to: 200, by: 20) {
      #expect(Self.counts(entries[start..<(start + 20)], of: 4) == [10, 5, 3, 2])
    }
  }

  @Test("is decided by the seed")
  func seeded() {
    let first = Array(Self.schedule([3, 2, 1], jobs: 60))
    #expect(first == Array(Self.schedule([3, 2, 1], jobs: 60)))
    #expect(first != Array(Self.schedule([3, 2, 1], jobs: 60, seed: 8)))
    #expect(first != first.sorted())
  }

  @Test("is the listed one where the mix has an order")
  func inOrder() {
    let schedule = EntrySchedule(
      .inOrder([2, 0, 0]), jobs: 7, randomness: RandomStream(seed: 1, purpose: 2, index: 0))
    #expect(Array(schedule) == [2, 0, 0, 2, 0, 0, 2])
  }
}
