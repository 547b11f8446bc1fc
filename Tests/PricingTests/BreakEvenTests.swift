import FoundationEssentials
import Pricing
import Testing

/// Where other ways to run code become cheaper.
@Suite struct BreakEvenTests {
  @Test("a ready environment pays when it is busy six tenths of the time", arguments: Architecture.allCases)
  func provisioned(architecture: Architecture) throws {
    var profile = CostProfile.basic
    profile.executor.architecture = architecture
    try expect(try BreakEven(profile).provisionedUtilisation, shows: "0.6000")
  }

  @Test("an hour of a processor on Lambda", arguments: [(Architecture.x86, "0.103653"), (.arm, "0.082922")])
  func processorHour(architecture: Architecture, dollars: String) throws {
    try expect(AlwaysOnHost.lambdaProcessorHour(architecture, in: .usEast1), shows: dollars)
  }

  @Test("how busy each host must be")
  func utilisation() throws {
    let shares = AlwaysOnHost.all(in: .usEast1).map { $0.breakEvenUtilisation(in: .usEast1) }
    for (share, text) in zip(shares, ["0.476", "0.476", "0.152", "0.437", "0.431", "0.203", "0.201"]) {
      try expect(share, shows: text)
    }
  }

  @Test("jobs an hour at which a processor of a c7g.xlarge costs as much as Lambda")
  func jobs() throws {
    var profile = CostProfile.lean
    (profile.executor.memoryMB, profile.executor.coldShare) = (1_769, 0)
    let breakEven = try BreakEven(profile, peak: 1)
    let host = try #require(AlwaysOnHost.all(in: .usEast1).first { $0.name == "EC2 c7g.xlarge" })
    try expect(host.processorHour / (try breakEven.job), shows: "783.5")
  }

  @Test("at the volume where a host pays, it costs what the executor costs; for a ninefold peak none ever does")
  func volumes() throws {
    let even = try BreakEven(.lean, peak: 1)
    for host in AlwaysOnHost.all(in: .usEast1) {
      let volume = try #require(try even.volume(host))
      let lambda = try even.job * volume
      #expect(abs(even.cost(host, executions: volume) - lambda) < (try money("0.000001")))
      #expect(try BreakEven(.lean, peak: 9).volume(host) == nil)
    }
  }

  @Test("at the volume where one ready environment pays, both bills are the same")
  func provisionedVolume() throws {
    var profile = CostProfile.lean
    profile.executor.coldShare = 0
    let even = try BreakEven(profile, peak: 1)
    let volume = try #require(even.provisionedVolume)
    let ready = try Bill(even.provisioned(executions: volume), executions: volume)
    let demand = try Bill(profile, executions: volume)
    #expect(abs(ready.total - demand.total) < (try money("0.000001")))
    #expect(try BreakEven(profile, peak: 2).provisionedVolume == nil)
  }

  @Test("tenant isolation costs a fresh environment ten seconds", arguments: [(512, "0.0000833"), (1_769, "0.000288")])
  func tenant(memory: Int, dollars: String) throws {
    let quantity = Decimal(memory) / 1_024
    try expect(PriceLine.Item.tenant(.x86).cost(of: quantity), shows: dollars)
  }
}
