import FoundationEssentials
import Pricing
import Testing

/// Amounts that were computed from the price lists by other means, exact to the digits shown.
@Suite struct PriceVectorTests {
  @Test("GB-seconds by tiers")
  func computeTiers() throws {
    #expect(PriceLine.Item.lambdaSecondX86.cost(of: 7_000_000_000) == (try money("115000.20")))
    #expect(PriceLine.Item.lambdaSecondX86.cost(of: 20_000_000_000) == (try money("301667.20")))
    #expect(PriceLine.Item.lambdaSecondArm.cost(of: 20_000_000_000) == 248_335)
  }

  @Test("calls of 400 million, by tiers")
  func gatewayTiers() throws {
    #expect(PriceLine.Item.restRequest.cost(of: 400_000_000) == (try money("1353.10")))
    #expect(PriceLine.Item.httpRequest.cost(of: 400_000_000) == 390)
  }

  @Test("logs of 60 TB cost 12,800 dollars with a TB of 1,024 GB")
  func logTiers() {
    #expect(PriceLine.Item.logIngest.cost(of: 60 * 1_024) == 12_800)
  }

  @Test("three million queue requests, one of them free")
  func queue() throws {
    #expect(PriceLine.Item.queueRequest.cost(of: 3_000_000, free: .always) == (try money("0.8")))
  }

  @Test("a message of 200 KB is sent and received in four chunks and deleted once")
  func chunks() throws {
    var profile = CostProfile.basic
    profile.queue.messageKB = 200
    let usage = try MonthlyUsage(profile, executions: 1)
    #expect(usage.marginalCost(in: .usEast1, of: .queue) == (try money("0.0000036")))
  }

  @Test("an idle queue is asked all the same", arguments: [(5, "0.2628"), (2, "0.10512")])
  func idlePolls(pollers: Int, dollars: String) throws {
    var profile = CostProfile.basic
    profile.queue.idlePollers = Decimal(pollers)
    let idle = try Bill(profile, executions: 1).lines.filter { $0.usage.component == .queue && $0.usage.isFixed }
    #expect(idle.map(\.amount) == [try money(dollars)])
    #expect(idle.map(\.quantity) == [Decimal(pollers * 3 * 60 * 730)])
  }

  @Test("ten environments of 512 MB kept ready", arguments: [(Architecture.x86, "54.750438"), (.arm, "43.800876")])
  func provisioned(architecture: Architecture, dollars: String) throws {
    var profile = CostProfile.basic
    profile.executor.architecture = architecture
    profile.executor.provisioned = 10
    let kept = try Bill(profile, executions: 1, freeTier: .legacy).lines.filter {
      $0.usage.item == .provisioned(architecture)
    }
    #expect(kept.map(\.amount) == [try money(dollars)])
  }

  @Test("two event pollers by the hour")
  func pollers() throws {
    var profile = CostProfile.basic
    profile.queue.provisionedPollers = 2
    let bill = try Bill(profile, executions: 1)
    #expect(bill.lines.filter { $0.usage.item == .pollerHour }.map(\.amount) == [try money("13.505")])
  }

  @Test("a NAT gateway and two endpoints, each with 10 GB")
  func network() throws {
    #expect(PriceLine.Item.natHour.cost(of: 730) + PriceLine.Item.natGigabyte.cost(of: 10) == (try money("33.3")))
    #expect(
      PriceLine.Item.endpointHour.cost(of: 2 * 730) + PriceLine.Item.endpointGigabyte.cost(of: 10)
        == (try money("14.7")))
  }

  @Test("20 GB of logs, taken in and kept")
  func logs() throws {
    #expect(PriceLine.Item.logIngest.cost(of: 20) + PriceLine.Item.logArchive.cost(of: 20) == (try money("10.6")))
  }

  @Test("250 GB out, net of what is free")
  func egress() throws {
    #expect(PriceLine.Item.egressGigabyte.cost(of: 250, free: .always) == (try money("13.5")))
  }

  @Test("1.5 TB and 20 million calls of CloudFront, net of what is free")
  func cdn() throws {
    let amount =
      PriceLine.Item.cdnGigabyte.cost(of: 1_536, free: .always)
      + PriceLine.Item.cdnRequest.cost(of: 20_000_000, free: .always)
    #expect(amount == (try money("53.52")))
  }

  @Test("one job from submission to result", arguments: [(3, "0.0000627163"), (10, "0.0000715538")])
  func job(polls: Int, dollars: String) throws {
    try expect(try MonthlyUsage(Self.job(polls: polls), executions: 1).marginalCost(in: .usEast1), shows: dollars)
  }

  @Test(
    "what one job is made of",
    arguments: [
      (CostComponent.apiGateway, "0.000004"), (.apiFunction, "0.00000105"), (.queue, "0.0000012"),
      (.executor, "0.0000438924"), (.storage, "0.0000108"), (.logs, "0.0000014305"), (.egress, "0.0000003433"),
    ])
  func parts(component: CostComponent, dollars: String) throws {
    let usage = try MonthlyUsage(Self.job(polls: 3), executions: 1)
    try expect(usage.marginalCost(in: .usEast1, of: component), shows: dollars)
  }

  static func job(polls: Int) -> CostProfile {
    var profile = CostProfile.basic
    (profile.api.gateway, profile.api.preflightShare, profile.api.polls) = (.http, 0, Decimal(polls))
    (profile.executor.memoryMB, profile.executor.milliseconds) = (1_769, 1_500)
    (profile.operations.logKB, profile.network.egressKB) = (3, 4)
    return profile
  }

  @Test(
    "a status read",
    arguments: [
      (CostProfile.API.Gateway.http, 0, "0.0000012625"), (.rest, 0, "0.0000037625"), (.rest, 1, "0.0000072625"),
    ])
  func poll(gateway: CostProfile.API.Gateway, preflights: Int, dollars: String) throws {
    var profile = CostProfile.basic
    (profile.api.gateway, profile.api.preflightShare) = (gateway, Decimal(preflights))
    let three = try MonthlyUsage(profile, executions: 1).marginalCost(in: .usEast1)
    profile.api.polls = 4
    try expect(try MonthlyUsage(profile, executions: 1).marginalCost(in: .usEast1) - three, shows: dollars)
  }
}
