import Jobs
import Reporting
import RunRecords
import Statistics
import Testing

@Suite struct TimelineFiguresTests {
  private static let reading = SyntheticRun.steady(50, seconds: 60)
  private static let figures = RunFigures(reading)

  @Test("percentiles over time are those of the jobs that were due in the step")
  func percentiles() throws {
    let timeline = Self.figures.timeline
    #expect(timeline.e2e.reduce(0) { $0 + $1.count } == Self.figures.figures(.e2e)?.sample.count)
    var compared = 0
    for step in timeline.e2e where step.count > 0 {
      let due = Int64(step.start) * 1_000_000_000..<Int64(step.start + timeline.stepSeconds) * 1_000_000_000
      let sample = Sample(
        .e2e, of: Self.reading.recorded.filter { due.contains($0.t0) }, on: RunClock(Self.reading.info))
      #expect(sample.count == step.count)
      for (probability, value) in zip(TimelineFigures.probabilities, step.quantiles) {
        guard let value, let truth = sample.quantile(probability).exact else { continue }
        #expect(abs(Double(value - truth)) <= Double(truth) / 1_000)
        compared += 1
      }
    }
    #expect(compared > 8)
    #expect(timeline.e2e.contains { $0.quantiles[1] != nil })
  }

  @Test("a step with too few jobs has no percentile, and one with unfinished jobs none that falls on them")
  func absent() {
    let few = RunFigures(SyntheticRun.smoke()).timeline
    #expect(few.e2e.allSatisfy { $0.quantiles[1] == nil && $0.quantiles[2] == nil })
    var reading = SyntheticRun.steady()
    for index in reading.records.indices {
      (reading.records[index].t7, reading.records[index].outcome) = (nil, .timedOut)
    }
    #expect(RunFigures(reading).timeline.e2e.allSatisfy { $0.quantiles.allSatisfy { $0 == nil } })
  }

  @Test("every finished job is in one cell of the grid, and in the right row")
  func grid() {
    let (rows, counts) = Self.figures.timeline.grid.filled
    let values = Self.figures.figures(.e2e)?.sample.finished.map { Double($0) / 1e9 } ?? []
    for row in 0..<rows.count - 1 {
      let count = counts.reduce(0) { $0 + $1[row] }
      #expect(count == values.count { rows[row] <= $0 && $0 < rows[row + 1] })
    }
  }

  @Test("the backlog integrates to the sum of all waits")
  func backlog() {
    let timeline = Self.figures.timeline
    let sum = timeline.backlog.reduce(0, +) * Double(timeline.stepSeconds) * 1e9
    let waits = Double(Self.figures.figures(.queueWait)?.sample.sum ?? 0)
    #expect(abs(sum - waits) < waits / 1_000)
  }

  @Test("the slowest jobs are the slowest, and all are there where they can be told apart")
  func points() {
    let values = Self.figures.figures(.e2e)?.sample.values ?? []
    #expect(Self.figures.points.slowest.map(\.nanoseconds) == Array(values.suffix(25).reversed()))
    #expect(Self.figures.points.all == nil)
    #expect(RunFigures(SyntheticRun.steady()).points.all?.count == RunFigures(SyntheticRun.steady()).outcomes.count)
  }

  @Test("cold starts are told apart by how long the platform had nothing to do")
  func gaps() {
    var reading = SyntheticRun.smoke()
    reading.records.removeLast(reading.records.count - 3)
    for (index, start) in [0, 2_000_000, 2_100_000].enumerated() {
      var timings = JobTimings()
      let accepted = reading.info.startedAt * 1_000 + Int64(start)
      (timings.s1, timings.s2, timings.s6) = (accepted, accepted + 10, accepted + 500_000)
      (timings.coldStart, timings.environmentId) = (index == 1, "e\(index)")
      reading.records[index].timings = timings
    }
    reading.records[2].endedAt = 2_900_000_000
    let environments = RunFigures(reading).environments
    #expect(environments.gaps.map(\.title) == ["none: others ran", "1 – 10 s"])
    #expect(environments.gaps.map(\.waited.successes) == [0, 1])
    #expect(environments.alive.prefix(3) == [1, 0, 2])
  }
}
