import StackControl
import Testing

@Suite("The rules of a stack's host")
struct HostRulesTests {
  @Test("are not mentioned where they are the host's own")
  func defaults() { #expect(HostRules().arguments.isEmpty) }

  @Test("become the host's options")
  func arguments() {
    var rules = HostRules()
    rules.provisionedConcurrency = 3
    rules.tenantIsolation = true
    rules.poller = .lambda
    #expect(rules.arguments == ["--provisioned-concurrency", "3", "--tenant-isolation", "--poller", "lambda"])
  }
}
