package import FoundationEssentials

extension CostProfile {
  /// Code and results, container image, console.
  package struct Storage: Sendable, Hashable {
    package var puts = Decimal(2)
    package var gets = Decimal(2)
    /// What an execution leaves behind, and for how long.
    package var keptKB = Decimal(0)
    package var keptDays = Decimal(1)
    package var imageGB = Decimal(3)
    package var consoleGB = Decimal(5) / 100
    /// What the console's readers load in a month.
    package var cdnGB = Decimal(1)
    package var cdnRequests = Decimal(20_000)
  }

  /// Ways in and out.
  package struct Network: Sendable, Hashable {
    /// NAT gateways, each with a public address.
    package var natGateways = Decimal(0)
    /// What goes through them in a month.
    package var natGB = Decimal(0)
    /// Interface endpoints, one for each service and zone.
    package var endpoints = Decimal(0)
    /// What an execution sends through them.
    package var endpointKB = Decimal(0)
    /// What an execution sends to the internet.
    package var egressKB = Decimal(8)
  }

  /// What watches and guards.
  package struct Operations: Sendable, Hashable {
    /// What an execution logs, in all functions.
    package var logKB = Decimal(7) / 2
    /// Traces of an execution.
    package var traces = Decimal(0)
    package var metrics = Decimal(0)
    package var alarms = Decimal(0)
    package var dashboards = Decimal(0)
    package var firewalls = Decimal(0)
    package var firewallRules = Decimal(0)
    package var secrets = Decimal(0)
    package var keys = Decimal(0)
    package var zones = Decimal(0)
  }
}

extension CostProfile {
  /// As it is usually drawn: functions in a private network behind a NAT gateway, a REST API that browsers ask leave of.
  package static let basic: CostProfile = {
    var profile = CostProfile(
      name: "basic", title: "as usually drawn: REST API with preflights, one NAT gateway, Redis on a t3.micro, x86")
    profile.network.natGateways = 1
    profile.network.natGB = Decimal(1) / 2
    return profile
  }()

  /// Nothing that can be left out: no NAT gateway, one endpoint for the queue, an HTTP API, the cheapest cache, arm.
  package static let lean: CostProfile = {
    var profile = CostProfile(
      name: "lean", title: "no NAT gateway but one endpoint for the queue, HTTP API, Valkey on a t4g.micro, arm")
    profile.executor.architecture = .arm
    profile.api.gateway = .http
    profile.api.preflightShare = 0
    profile.status.node = .valkeyT4g
    profile.network.endpoints = 1
    profile.network.endpointKB = 2
    return profile
  }()

  /// Nothing that is paid for by the hour: states in DynamoDB, so that no function needs a private network.
  package static let zeroIdle: CostProfile = {
    var profile = lean
    profile.name = "zero-idle"
    profile.title = "states in DynamoDB and no private network, HTTP API, arm"
    profile.status.store = .dynamodb
    profile.network.endpoints = 0
    profile.network.endpointKB = 0
    return profile
  }()

  /// What an operator adds who may not be down: two zones, a replica, a firewall, alarms, a dashboard.
  package static let highlyAvailable: CostProfile = {
    var profile = basic
    profile.name = "ha"
    profile.title =
      "two zones: two NAT gateways, two cache nodes; a firewall, ten alarms, a dashboard, own key and zone"
    profile.network.natGateways = 2
    profile.status.nodes = 2
    profile.operations.alarms = 10
    profile.operations.dashboards = 1
    profile.operations.firewalls = 1
    profile.operations.firewallRules = 3
    (profile.operations.secrets, profile.operations.keys, profile.operations.zones) = (1, 1, 1)
    return profile
  }()

  /// Every profile that has a name.
  package static let all = [basic, lean, zeroIdle, highlyAvailable]

  /// A profile by its name.
  package static func named(_ name: String) throws(PricingError) -> CostProfile {
    guard let profile = all.first(where: { $0.name == name }) else {
      throw .unknown("profile", name, among: all.map(\.name), hint: "there are")
    }
    return profile
  }
}
