package import FoundationEssentials

/// The estimate that people quote for ten thousand executions a month: about 15.38 dollars.
package enum NaiveEstimate {
  /// One line of it.
  package struct Line: Sendable, Hashable {
    package let title: String
    /// The parts of a bill that it stands for.
    package let components: Set<CostComponent>
    /// US dollars a month at ten thousand executions.
    package let quoted: Decimal
    /// Whether it grows with executions.
    package let grows: Bool

    /// US dollars a month at another volume, in proportion where it grows.
    package func amount(_ executions: Decimal) -> Decimal { grows ? quoted * executions / 10_000 : quoted }
  }

  package static let lines = [
    Line(title: "Lambda", components: [.executor, .apiFunction], quoted: Decimal(20) / 100, grows: true),
    Line(title: "API Gateway", components: [.apiGateway], quoted: Decimal(4) / 100, grows: true),
    Line(title: "ElastiCache t3.micro", components: [.status], quoted: 15, grows: false),
    Line(title: "S3", components: [.storage], quoted: Decimal(5) / 100, grows: true),
    Line(title: "CloudFront", components: [.cdn], quoted: Decimal(9) / 100, grows: true),
    Line(title: "SQS", components: [.queue], quoted: Decimal(4) / 1_000, grows: true),
  ]

  /// US dollars a month.
  package static func total(_ executions: Decimal) -> Decimal {
    lines.reduce(Decimal(0)) { $0 + $1.amount(executions) }
  }
}

extension Bill {
  /// Something that the estimate does not know of, or knows too little of.
  package struct Forgotten: Sendable, Hashable {
    /// What it is.
    package let title: String
    /// US dollars a month.
    package let amount: Decimal
    /// Why it is there.
    package let reason: String
  }

  /// What the estimate forgets, the dearest first; only what this bill has.
  package var forgotten: [Forgotten] {
    var found: [Forgotten] = []
    for (item, reason) in Self.reasons {
      let lines = lines.filter { $0.usage.item == item && ($0.usage.isFixed || item != .queueRequest) }
      let amount = lines.reduce(Decimal(0)) { $0 + $1.amount }
      guard let first = lines.first, amount > 0 else { continue }
      let title = item == .queueRequest ? "Asking the idle queue" : first.price.title
      found.append(Forgotten(title: title, amount: amount, reason: reason))
    }
    let calls = amount(of: .apiGateway) - NaiveEstimate.lines[1].amount(usage.executions)
    if calls > Decimal(5) / 1_000 {
      found.append(
        Forgotten(
          title: "API calls beyond one a job", amount: calls,
          reason: "status reads, and preflights of browsers, are calls"))
    }
    return found.sorted { $0.amount > $1.amount }
  }

  private static let reasons: [(PriceLine.Item, String)] = [
    (.natHour, "functions in the private network reach the queue through it"),
    (.natGigabyte, "every byte through it is paid for"),
    (.addressHour, "each NAT gateway has one, in use or idle"),
    (.endpointHour, "functions in the private network reach the queue through it"),
    (.endpointGigabyte, "every byte through it is paid for"),
    (.queueRequest, "an event source asks all month, and an empty answer is billed"),
    (.imageMonth, "compilers make a large image"),
    (.logIngest, "every invocation writes lines"),
    (.egressGigabyte, "answers leave the cloud"),
    (.alarm, "somebody has to be told"),
    (.dashboard, "somebody has to look"),
    (.metric, "what AWS does not count by itself"),
    (.trace, "each trace is recorded"),
    (.firewall, "a public API that runs code"),
    (.firewallRule, "its rules"),
    (.firewallRequest, "each call passes it"),
    (.secret, "what functions must know and code must not hold"),
    (.key, "a key of one's own"),
    (.zone, "a name of one's own"),
    (.pollerHour, "event pollers that are ready before a burst"),
    (.provisioned(.x86), "environments that are ready before a job"),
    (.provisioned(.arm), "environments that are ready before a job"),
  ]
}
