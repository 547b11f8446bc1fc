import Jobs
import Reporting
import Scenarios
import Testing

@Suite("The forecast of a plan")
struct PlanForecastTests {
  private static func plan(_ loads: [PhaseLoad], process: ArrivalProcess = .uniform, limits: RunLimits = .init())
    -> Plan
  {
    let mix = ["a", "b"].map {
      MixEntry(name: $0, submission: Submission(code: $0, language: $0 == "a" ? .python : .cpp))
    }
    let phases = loads.enumerated().map {
      Phase(
        name: "phase-\($0)", load: $1, selection: .shares([.init(entry: 0, weight: 3), .init(entry: 1, weight: 1)]))
    }
    return Plan(Scenario(name: "test", mix: mix, process: process, phases: phases, limits: limits))
  }

  private static let assumed = PlanModel(
    Assumptions(endToEnd: .milliseconds(500), billed: .milliseconds(100), memoryMB: 1_024))

  @Test("says what it knows, and nothing of what it does not")
  func unknown() {
    let forecast = PlanForecast(Self.plan([.constant(rate: 10, for: .seconds(10))]), nil)
    #expect(forecast.jobs == 100 && forecast.entries == [75, 25] && forecast.seconds == 10)
    #expect(forecast.dollars == nil && forecast.reads == nil && forecast.phases[0].meanInFlight == nil)
    let text = PlanText(forecast).text
    #expect(text.contains("unknown: say assume") && text.contains("Python         75: a 75"))
  }

  @Test("has jobs in flight by Little's law, status reads by policy, and cost by list price")
  func assumed() throws {
    let loads: [PhaseLoad] = [
      .constant(rate: 10, for: .seconds(10)), .ramp(from: 0, to: 20, for: .seconds(10)),
      .burst(count: 50, every: .zero, times: 1, for: .seconds(5)), .pause(for: .seconds(5)),
    ]
    let forecast = PlanForecast(Self.plan(loads), Self.assumed)
    #expect(forecast.phases.map(\.meanInFlight) == [5, 5, 5, 0])
    #expect(forecast.phases.map(\.peakInFlight) == [5, 10, 50, 0])
    #expect(forecast.jobs == 250 && forecast.reads == 250 && forecast.seconds == 30)
    // Executor, 0.1 s of 1 GB and a request: 0.00000166667 + 0.0000002. Two calls of 0.000001 and 0.0000002625, one of which
    // waits 0.1 s in 256 MB: 0.00000041667. Queue 0.0000012, code 0.0000108, logs, data out and endpoint: 0.00000237465.
    let job = 0.00000186667 + 2 * 0.0000012625 + 0.00000041667 + 0.0000012 + 0.0000108 + 0.00000237465
    #expect((try #require(forecast.dollars) - 250 * job).magnitude < 1e-8)
    #expect(try forecast.json().contains("\"jobs\" : 250"))
  }

  @Test("counts a closed phase's jobs by the cycle of its users")
  func closed() {
    let load = PhaseLoad.closed(concurrency: 4, until: .duration(.seconds(10)), think: .fixed(.milliseconds(500)))
    let forecast = PlanForecast(Self.plan([load], process: .closed), Self.assumed)
    #expect(forecast.jobs == 40 && forecast.phases[0].meanInFlight == 2 && forecast.phases[0].peakInFlight == 4)
  }

  @Test("is over the budget where the predicted cost is above max_cost")
  func budget() {
    let load = PhaseLoad.constant(rate: 100, for: .seconds(10))
    func forecast(_ limit: Int?, _ model: PlanModel?) -> PlanForecast {
      PlanForecast(Self.plan([load], limits: RunLimits(maximumCostMicrodollars: limit)), model)
    }
    #expect(forecast(10_000, Self.assumed).isOverBudget && !forecast(30_000, Self.assumed).isOverBudget)
    #expect(!forecast(nil, Self.assumed).isOverBudget && !forecast(1_000, nil).isOverBudget)
  }

  @Test("is drawn in 80 columns, each phase at its place")
  func chart() {
    let loads: [PhaseLoad] = [
      .constant(rate: 10, for: .seconds(10)), .pause(for: .seconds(10)), .constant(rate: 40, for: .seconds(20)),
    ]
    let lines = PlanText(PlanForecast(Self.plan(loads), nil)).text.split(separator: "\n").prefix(7).map(String.init)
    #expect(
      lines.dropFirst() == [
        "   40.0/s ┤                                  ██████████████████████████████████",
        "          ┤                                  ██████████████████████████████████",
        "          ┤                                  ██████████████████████████████████",
        "          ┤█████████████████                 ██████████████████████████████████",
        "        0 └┬────────────────┬────────────────┬─────────────────────────────────",
        "           phase-0          phase-1          phase-2",
      ])
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test(
    "counts status reads by the policy",
    arguments: [
      (.longPoll(wait: .seconds(20)), 0.5, 1), (.longPoll(wait: .seconds(2)), 5, 3),
      (.fixed(interval: .seconds(1)), 2.5, 3),
      (.exponential(initial: .milliseconds(100), factor: 2, cap: .seconds(2)), 0.7, 3), (.proportional, 0.001, 1),
    ] as [(PollingPolicy, Double, Int)])
  func reads(policy: PollingPolicy, seconds: Double, reads: Int) {
    #expect(policy.reads(ofJobOf: seconds) == reads)
  }
}
