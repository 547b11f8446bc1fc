import FoundationEssentials

extension CostSetting {
  /// Every setting, in the order in which a bill asks for them.
  package static let all: [CostSetting] = execution + calls + delivery + data + network + operations

  private static func number(
    _ key: String, _ path: any WritableKeyPath<CostProfile, Decimal> & Sendable, _ kind: Kind, _ meaning: String
  ) -> CostSetting { CostSetting(key: key, meaning: meaning, form: .number(path, kind)) }

  private static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ key: String, _ path: any WritableKeyPath<CostProfile, Choice> & Sendable, _ meaning: String
  ) -> CostSetting where Choice.RawValue == String {
    CostSetting(
      key: key, meaning: meaning,
      form: .choice(Choice.allCases.map(\.rawValue)) { profile, value in
        if let choice = Choice(rawValue: value) { profile[keyPath: path] = choice }
      })
  }

  private static let execution = [
    choice("architecture", \.executor.architecture, "of both functions: x86 or arm"),
    number("executor-mb", \.executor.memoryMB, .megabytes(128...10_240), "MB of the executor"),
    number("executor-ms", \.executor.milliseconds, .amount, "mean ms of an execution, initialisation not counted"),
    number("cold-share", \.executor.coldShare, .share, "share of executions with an initialisation"),
    number("init-ms", \.executor.initialisationMilliseconds, .amount, "ms of an initialisation, billed"),
    number("ephemeral-mb", \.executor.ephemeralMB, .megabytes(512...10_240), "MB of /tmp of the executor"),
    number("tenant-share", \.executor.tenantShare, .share, "share of executions with a fresh isolated environment"),
    number("provisioned", \.executor.provisioned, .count, "environments of the executor kept ready"),
    number("provisioned-share", \.executor.provisionedShare, .share, "share of executions that find one of them"),
  ]

  private static let calls = [
    choice("api", \.api.gateway, "kind of API Gateway: rest or http"),
    number("polls", \.api.polls, .amount, "status reads of an execution"),
    number("preflight-share", \.api.preflightShare, .share, "share of calls that a browser asks leave for first"),
    number("api-mb", \.api.memoryMB, .megabytes(128...10_240), "MB of the API function"),
    number("api-ms", \.api.milliseconds, .amount, "ms of a call in the API function"),
    number("api-wait-ms", \.api.waitMilliseconds, .amount, "ms that a status read waits in the function, billed"),
    number("request-kb", \.api.requestKB, .amount, "KB of a call, which an HTTP API counts by 512"),
  ]

  private static let delivery = [
    number("message-kb", \.queue.messageKB, .amount, "KB of a message, which the queue counts by 64"),
    number("batch", \.queue.batch, .atLeastOne, "messages of an invocation"),
    number("receives", \.queue.receives, .atLeastOne, "times that a job is received and run, repeats counted"),
    number("queues", \.queue.queues, .count, "queues with pollers of their own"),
    number("idle-pollers", \.queue.idlePollers, .count, "pollers that ask an idle queue every 20 s"),
    number("provisioned-pollers", \.queue.provisionedPollers, .count, "event pollers paid for by the hour"),
    choice("store", \.status.store, "where states are kept: cache or dynamodb"),
    choice("node", \.status.node, "cache node: redis.t3_micro, redis.t4g_micro, valkey.t3_micro, valkey.t4g_micro"),
    number("nodes", \.status.nodes, .count, "cache nodes"),
    number("status-writes", \.status.writes, .amount, "writes of an execution in DynamoDB"),
  ]

  private static let data = [
    number("puts", \.storage.puts, .amount, "S3 PUTs of an execution"),
    number("gets", \.storage.gets, .amount, "S3 GETs of an execution"),
    number("kept-kb", \.storage.keptKB, .amount, "KB that an execution leaves in S3"),
    number("kept-days", \.storage.keptDays, .amount, "days until they expire"),
    number("image-gb", \.storage.imageGB, .amount, "GB of container images"),
    number("console-gb", \.storage.consoleGB, .amount, "GB of the console in S3"),
    number("cdn-gb", \.storage.cdnGB, .amount, "GB a month from CloudFront"),
    number("cdn-requests", \.storage.cdnRequests, .count, "HTTPS requests a month to CloudFront"),
  ]

  private static let network = [
    number("nat", \.network.natGateways, .count, "NAT gateways, each with a public address"),
    number("nat-gb", \.network.natGB, .amount, "GB a month through them"),
    number("endpoints", \.network.endpoints, .count, "interface endpoints, one a service and zone"),
    number("endpoint-kb", \.network.endpointKB, .amount, "KB of an execution through them"),
    number("egress-kb", \.network.egressKB, .amount, "KB of an execution to the internet"),
  ]

  private static let operations = [
    number("log-kb", \.operations.logKB, .amount, "KB of logs of an execution"),
    number("traces", \.operations.traces, .amount, "X-Ray traces of an execution"),
    number("metrics", \.operations.metrics, .count, "custom metrics"),
    number("alarms", \.operations.alarms, .count, "alarms"),
    number("dashboards", \.operations.dashboards, .count, "dashboards"),
    number("firewalls", \.operations.firewalls, .count, "WAF access lists"),
    number("firewall-rules", \.operations.firewallRules, .count, "their rules"),
    number("secrets", \.operations.secrets, .count, "secrets"),
    number("keys", \.operations.keys, .count, "own KMS keys"),
    number("zones", \.operations.zones, .count, "Route 53 zones"),
    number("environments", \.environments, .atLeastOne, "deployments of the same kind, as dev, staging, prod"),
    number("hours", \.hours, .atLeastOne, "hours of a month"),
  ]
}
