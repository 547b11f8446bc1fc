import RunRecords
import SelfTest
import Testing

@Suite struct RealRunTests {
  @Test("the real generator against the known platform: one job censored, the others dropped")
  func limits() throws {
    let run = try LimitCase.run()
    let outcomes = Dictionary(grouping: run.reading.records, by: \.outcome).mapValues(\.count)
    let figures = LimitCase.figures(outcomes: outcomes, received: run.log.submissions.count)
    #expect(figures.map(\.passed) == [true, true, true, true])
  }

  @Test("the real generator counts every way to fail a job in the right outcome")
  func outcomes() throws {
    let figures = OutcomeCase.figures(OutcomeCase.finding(try OutcomeCase.run()))
    #expect(figures.filter { !$0.passed } == [])
  }
}
