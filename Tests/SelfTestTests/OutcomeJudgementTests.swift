import RunRecords
import SelfTest
import Testing

@Suite struct OutcomeJudgementTests {
  private var right: OutcomeCase.Finding {
    var finding = OutcomeCase.Finding()
    for fault in PlatformFault.allCases {
      finding.outcomes[fault] = [OutcomeCase.outcome(of: fault): OutcomeCase.jobsOfEach]
      (finding.sent[fault], finding.received[fault]) = (8, 8)
    }
    finding.scheduled = PlatformFault.allCases.count * OutcomeCase.jobsOfEach
    finding.shortestRetry = 1_001_000_000
    finding.publish = Array(
      repeating: PlatformBehaviour.publishDelay, count: OutcomeCase.jobsOfEach)
    return finding
  }

  private func passes(_ change: (inout OutcomeCase.Finding) -> Void) -> Bool {
    var finding = right
    change(&finding)
    return OutcomeCase.figures(finding).allSatisfy(\.passed)
  }

  @Test("what is right passes")
  func correct() { #expect(passes { _ in }) }

  @Test(
    "one job in a wrong outcome is found, whatever was done to it",
    arguments: PlatformFault.allCases)
  func wrongOutcome(fault: PlatformFault) {
    let own = OutcomeCase.outcome(of: fault)
    let other = JobOutcome.allCases.first { $0 != own } ?? .lost
    #expect(!passes { $0.outcomes[fault] = [own: OutcomeCase.jobsOfEach - 1, other: 1] })
    #expect(!passes { $0.outcomes[fault] = [other: OutcomeCase.jobsOfEach] })
    #expect(!passes { $0.outcomes[fault] = nil })
  }

  @Test("a job too many or too few, sent twice or never, is found")
  func balance() {
    #expect(!passes { $0.scheduled += 1 })
    #expect(!passes { $0.received[.resetSubmission] = 9 })
    #expect(!passes { $0.sent[.none] = 7 })
  }

  @Test("a retry before Retry-After is found, and so is a wrong publish")
  func instants() {
    #expect(!passes { $0.shortestRetry = 999_000_000 })
    #expect(!passes { $0.shortestRetry = nil })
    #expect(!passes { $0.publish[0] += 2_001 })
    #expect(!passes { $0.publish.removeLast() })
  }

  @Test("every outcome that a platform can cause is caused")
  func complete() {
    let caused = Set(PlatformFault.allCases.map { OutcomeCase.outcome(of: $0) })
    #expect(caused == Set(JobOutcome.allCases).subtracting([.dropped, .censored]))
  }

  @Test(
    "the generator's own outcomes are exact",
    arguments: [(1, 19, 1, true), (0, 20, 1, false), (1, 18, 1, false), (1, 19, 2, false)])
  func limits(censored: Int, dropped: Int, received: Int, passes: Bool) {
    let figures = LimitCase.figures(
      outcomes: [.censored: censored, .dropped: dropped], received: received)
    #expect(figures.allSatisfy(\.passed) == passes)
  }
}
