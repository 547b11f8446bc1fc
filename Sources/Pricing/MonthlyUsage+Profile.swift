import FoundationEssentials

/// How the parts of a profile become quantities.
extension MonthlyUsage {
  mutating func add(_ profile: CostProfile) {
    addExecutor(profile)
    addAPI(profile)
    addQueue(profile)
    addStatus(profile)
    addStorage(profile)
    addNetwork(profile)
    addOperations(profile)
  }

  /// E = (MB / 1024) (E[run] + P(cold) E[initialisation]) / 1000 GB-seconds and 1 / B requests, as often as a job is run.
  private mutating func addExecutor(_ profile: CostProfile) {
    let (executor, times) = (profile.executor, profile.queue.receives)
    let gigabytes = executor.memoryMB / 1_024
    let ready = executor.provisioned > 0 ? executor.provisionedShare : 0
    let seconds = (executor.milliseconds + executor.coldShare * executor.initialisationMilliseconds) / 1_000
    add(.executor, .compute(executor.architecture), perExecution: gigabytes * seconds * times * (1 - ready))
    add(
      .executor, .provisionedRun(executor.architecture),
      perExecution: gigabytes * executor.milliseconds / 1_000 * times * ready)
    add(
      .executor, .ephemeralSecond, perExecution: max(0, executor.ephemeralMB - 512) / 1_024 * seconds * times)
    add(.executor, .lambdaRequest, perExecution: times / profile.queue.batch)
    add(.executor, .tenant(executor.architecture), perExecution: executor.tenantShare * gigabytes)
    add(
      .executor, .provisioned(executor.architecture),
      perMonth: executor.provisioned * gigabytes * profile.hours * 3_600 * profile.environments)
  }

  /// One submission and P status reads, each with its preflight; a gateway answers preflights without the function.
  private mutating func addAPI(_ profile: CostProfile) {
    let api = profile.api
    let calls = 1 + api.polls
    let seconds = (calls * api.milliseconds + api.polls * api.waitMilliseconds) / 1_000
    add(.apiFunction, .compute(profile.executor.architecture), perExecution: api.memoryMB / 1_024 * seconds)
    add(.apiFunction, .lambdaRequest, perExecution: calls)
    let chunks = api.gateway == .http ? max(1, (api.requestKB / 512).roundedUp) : 1
    let asked = calls * (1 + api.preflightShare)
    add(.apiGateway, api.gateway == .http ? .httpRequest : .restRequest, perExecution: asked * chunks)
    if profile.operations.firewalls > 0 { add(.security, .firewallRequest, perExecution: asked) }
  }

  /// A send, 1/B receives and 1/B deletes, sends and receives in chunks of 64 KB; and pollers that ask every 20 s.
  private mutating func addQueue(_ profile: CostProfile) {
    let queue = profile.queue
    let chunks = max(1, (queue.messageKB / 64).roundedUp)
    add(.queue, .queueRequest, perExecution: chunks + queue.receives * (chunks + 1) / queue.batch)
    let polls = queue.idlePollers * (3_600 / 20) * profile.hours
    add(.queue, .queueRequest, perMonth: polls * queue.queues * profile.environments)
    add(.queue, .pollerHour, perMonth: queue.provisionedPollers * profile.hours * profile.environments)
  }

  /// Nodes by the hour, or writes and reads; a status read is eventually consistent, half a unit, and dispatch reads once.
  private mutating func addStatus(_ profile: CostProfile) {
    let status = profile.status
    switch status.store {
    case .cache:
      add(
        .status, PriceLine.Item(rawValue: "elasticache.\(status.node.rawValue).hour"),
        perMonth: status.nodes * profile.hours * profile.environments)
    case .dynamodb:
      add(.status, .dynamoWrite, perExecution: status.writes)
      add(.status, .dynamoRead, perExecution: (1 + profile.api.polls) / 2)
    }
  }

  private mutating func addStorage(_ profile: CostProfile) {
    let (storage, count) = (profile.storage, profile.environments)
    add(.storage, .storePut, perExecution: storage.puts)
    add(.storage, .storeGet, perExecution: storage.gets)
    add(
      .storage, .storeMonth,
      perExecution: storage.keptKB.inGigabytes * storage.keptDays * 24 / profile.hours)
    add(.storage, .storeMonth, perMonth: storage.consoleGB * count)
    add(.cdn, .cdnGigabyte, perMonth: storage.cdnGB)
    add(.cdn, .cdnRequest, perMonth: storage.cdnRequests)
    add(.registry, .imageMonth, perMonth: storage.imageGB * count)
  }

  private mutating func addNetwork(_ profile: CostProfile) {
    let (network, hours) = (profile.network, profile.hours * profile.environments)
    add(.network, .natHour, perMonth: network.natGateways * hours)
    add(.network, .addressHour, perMonth: network.natGateways * hours)
    if network.natGateways > 0 { add(.network, .natGigabyte, perMonth: network.natGB * profile.environments) }
    add(.network, .endpointHour, perMonth: network.endpoints * hours)
    if network.endpoints > 0 { add(.network, .endpointGigabyte, perExecution: network.endpointKB.inGigabytes) }
    add(.egress, .egressGigabyte, perExecution: network.egressKB.inGigabytes)
  }

  private mutating func addOperations(_ profile: CostProfile) {
    let (operations, count) = (profile.operations, profile.environments)
    add(.logs, .logIngest, perExecution: operations.logKB.inGigabytes)
    add(.monitoring, .trace, perExecution: operations.traces)
    for (item, number) in [
      (PriceLine.Item.metric, operations.metrics), (.alarm, operations.alarms), (.dashboard, operations.dashboards),
    ] { add(.monitoring, item, perMonth: number * count) }
    for (item, number) in [
      (PriceLine.Item.firewall, operations.firewalls), (.firewallRule, operations.firewallRules),
      (.secret, operations.secrets), (.key, operations.keys), (.zone, operations.zones),
    ] { add(.security, item, perMonth: number * count) }
  }
}

extension Decimal {
  /// Kilobytes of 2^10 bytes as gigabytes of 2^30.
  var inGigabytes: Decimal { self / 1_048_576 }

  /// The next whole number.
  var roundedUp: Decimal {
    let whole = Decimal(string: String("\(self)".prefix { $0 != "." })) ?? 0
    return whole < self ? whole + 1 : whole
  }
}
