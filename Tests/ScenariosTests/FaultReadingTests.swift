import Scenarios
import Testing

@Suite("The fault of a phase")
struct FaultReadingTests {
  private func fixture(_ fault: String, head: String = "") -> ScenarioFixture {
    var fixture = ScenarioFixture()
    fixture.head += head
    fixture.arrivals = """
      arrivals:
        process: uniform
        phases:
          - { name: one, kind: constant, rate: 20/s, for: 10s, fault: \(fault) }
          - { name: two, kind: pause, for: 10s, fault: { kill: api } }

      """
    return fixture
  }

  @Test("says what is killed, or what stands still for how long")
  func read() throws {
    let phases = try fixture("{ pause: redis, for: 30s }").read().phases
    #expect(phases[0].fault == StackFault(.pause(.seconds(30)), of: .redis))
    #expect(phases[1].fault == StackFault(.kill, of: .api))
    #expect(try fixture("{ kill: executors }").read().phases[0].fault?.text == "executors killed")
    #expect(try ScenarioFixture().read().phases[0].fault == nil)
  }

  @Test(
    "that makes no sense is an error that says what to write",
    arguments: [
      ("{ kill: redis, for: 3s }", "no time of its own"), ("{ pause: redis }", "needs the key 'for'"),
      ("{ pause: redis, for: 0s }", "above 0"), ("{ kill: rediss }", "redis"), ("{}", "kill"),
      ("{ kill: api, pause: api, for: 1s }", "one of"), ("{ stop: api }", "unknown key 'stop'"), ("kill", "mapping"),
    ])
  func bad(fault: String, sentence: String) throws {
    let complaint = try #require(fixture(fault).complaint())
    #expect(complaint.contains("test.yaml:") && complaint.contains(sentence), "\(complaint)")
  }

  @Test("needs a stack of its own, so that a URL is refused with what to do")
  func url() throws {
    let complaint = try #require(fixture("{ kill: host }", head: "target: http://127.0.0.1:1\n").complaint())
    #expect(complaint.contains("phase 'one' has a fault") && complaint.contains("by hand"), "\(complaint)")
  }

  @Test("is no part of a search")
  func search() throws {
    var fixture = ScenarioFixture()
    fixture.arrivals = """
      arrivals:
        process: poisson
        phases: [{ name: s, kind: search, from: 1/s, to: 9/s, fault: { kill: api } }]

      """
    #expect(try #require(fixture.complaint()).contains("unknown key 'fault'"))
  }
}
