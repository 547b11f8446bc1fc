import Jobs
import Scenarios
import Testing

@Suite("The sources of a scenario")
struct ScenarioSourceTests {
  @Test("replace each other: file, then environment, then --set")
  func precedence() throws {
    var fixture = ScenarioFixture()
    fixture.head += "seed: 3\n"
    #expect(try fixture.read().seed == 3)
    let environment = ["RCE_BENCH_SEED": "4", "RCE_BENCH_LIMITS__DRAIN": "7s", "RCE_BENCH_CACHE": "/x"]
    #expect(try fixture.read(environment: environment).seed == 4)
    #expect(try fixture.read(environment: environment).limits.drain == .seconds(7))
    #expect(try fixture.read(environment: environment, overrides: ["seed=5"]).seed == 5)
  }

  @Test("reach items by position and by name, and add keys that are not there")
  func paths() throws {
    let scenario = try ScenarioFixture().read(overrides: [
      "arrivals.phases[0].rate=10/s", "arrivals.phases[steady].for=2s", "mix[hello].expect.stdout=hello",
      "limits={ max_in_flight: 9 }",
    ])
    #expect(scenario.phases[0].load == .constant(rate: 10, for: .seconds(2)))
    #expect(scenario.mix[0].expectation.stdout == "hello" && scenario.limits.maximumInFlight == 9)
  }

  @Test(
    "are named where they are wrong",
    arguments: [
      ("seed", "--set seed: is not key=value (for example arrivals.phases[0].rate=10/s)"),
      ("seed=x", "--set seed: seed: 'x' is not a whole number (counts are bare numbers, for example 100)"),
      ("sed=1", "--set sed: unknown key 'sed' in a scenario (did you mean 'seed'?)"),
      (
        "arrivals.phases[3].rate=1/s",
        "--set arrivals.phases[3].rate: there is no item [3], the list has 1 "
          + "(items are named by position from 0 or by their name)"
      ),
      (
        "name.first=x",
        "--set name.first: 'first' has no place: what is there is 'fixture', not a mapping "
          + "(items are named by position from 0 or by their name)"
      ),
    ])
  func mistakes(override: String, complaint: String) {
    #expect(ScenarioFixture().complaint(overrides: [override]) == complaint)
  }

  @Test("of variables are the environment, everywhere but in the mix")
  func variables() throws {
    var fixture = ScenarioFixture()
    fixture.mix = "mix:\n  - { name: hello, language: javascript, code: \"`${x}`\" }\n"
    fixture.rest = "target:\n  base_url: ${RCE_URL}\n  headers: { Authorization: \"Bearer ${TOKEN}\" }\n"
    let scenario = try fixture.read(environment: ["RCE_URL": "https://rce.example/prod", "TOKEN": "s3cret"])
    #expect(scenario.target.place == .url("https://rce.example/prod"))
    #expect(scenario.target.headers.first?.value == "Bearer s3cret")
    #expect(scenario.mix[0].submission.code == "`${x}`")
    #expect(!scenario.effectiveYAML.contains("s3cret"))
    #expect(
      fixture.complaint() == """
        test.yaml:10:13: the environment has no variable RCE_URL (set it: export RCE_URL=...)
        test.yaml:11:29: the environment has no variable TOKEN (set it: export TOKEN=...)
        """)
  }

  @Test("are stored as one scenario that can be read again, without its secrets")
  func effective() throws {
    var fixture = ScenarioFixture()
    fixture.rest = """
      target:
        base_url: http://user:password@127.0.0.1:1
        headers: { authorization: "Basic abc", X-Api-Key: def, X-Team: a }
      """
    let scenario = try fixture.read(overrides: ["seed=9"])
    for secret in ["password", "abc", "def"] { #expect(!scenario.effectiveYAML.contains(secret)) }
    #expect(scenario.effectiveYAML.contains("http://***@127.0.0.1:1") && scenario.effectiveYAML.contains("X-Team: a"))
    let again = try Scenario(ScenarioDocument(text: scenario.effectiveYAML, name: "again.yaml"))
    #expect(again.seed == 9 && again.mix == scenario.mix && again.phases == scenario.phases)
  }
}
