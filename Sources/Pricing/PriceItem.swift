extension PriceLine {
  /// The name of a price line; those that the cost model asks for have a constant.
  public struct Item: RawRepresentable, Sendable, Hashable {
    /// The name as the price book writes it, for example `lambda.request`.
    public let rawValue: String

    /// A name, whether or not a price book has it.
    public init(rawValue: String) { self.rawValue = rawValue }
    private init(_ name: String) { rawValue = name }

    /// A request of a function, whatever its architecture.
    public static let lambdaRequest = Item("lambda.request")
    /// A GB-second of x86.
    public static let lambdaSecondX86 = Item("lambda.gb_second.x86")
    /// A GB-second of arm.
    public static let lambdaSecondArm = Item("lambda.gb_second.arm")
    /// A request to a standard queue.
    public static let queueRequest = Item("sqs.request")
    /// An hour of the smallest Valkey node.
    public static let cacheNodeHour = Item("elasticache.valkey.t4g_micro.hour")
    /// An hour of an interface endpoint in one zone.
    public static let endpointHour = Item("vpc.interface_endpoint.hour")

    package static let ephemeralSecond = Item("lambda.ephemeral.gb_second")
    package static let pollerHour = Item("lambda.poller.hour")
    package static let restRequest = Item("apigateway.rest.request")
    package static let httpRequest = Item("apigateway.http.request")
    package static let dynamoWrite = Item("dynamodb.write")
    package static let dynamoRead = Item("dynamodb.read")
    package static let storePut = Item("s3.put")
    package static let storeGet = Item("s3.get")
    package static let storeMonth = Item("s3.storage.gb_month")
    package static let cdnGigabyte = Item("cloudfront.gb")
    package static let cdnRequest = Item("cloudfront.https")
    package static let natHour = Item("nat.hour")
    package static let natGigabyte = Item("nat.gb")
    package static let addressHour = Item("ipv4.hour")
    package static let endpointGigabyte = Item("vpc.interface_endpoint.gb")
    package static let egressGigabyte = Item("transfer.out.gb")
    package static let logIngest = Item("logs.ingest.gb")
    package static let logArchive = Item("logs.archive.gb_month")
    package static let metric = Item("cloudwatch.metric")
    package static let alarm = Item("cloudwatch.alarm")
    package static let dashboard = Item("cloudwatch.dashboard")
    package static let trace = Item("xray.recorded")
    package static let imageMonth = Item("ecr.gb_month")
    package static let firewall = Item("waf.acl")
    package static let firewallRule = Item("waf.rule")
    package static let firewallRequest = Item("waf.request")
    package static let secret = Item("secrets.secret")
    package static let key = Item("kms.key")
    package static let zone = Item("route53.zone")
    package static let snapshotRead = Item("microvm.snapshot.read.gb")
    package static let snapshotHour = Item("microvm.snapshot.storage.gb_hour")
    package static let microVMProcessor = Item("microvm.vcpu_second")
    package static let microVMMemory = Item("microvm.gb_second")

    /// A GB-second of execution.
    package static func compute(_ architecture: Architecture) -> Item {
      architecture == .x86 ? lambdaSecondX86 : lambdaSecondArm
    }
    /// A GB-second of an environment that is kept ready.
    package static func provisioned(_ architecture: Architecture) -> Item {
      Item("lambda.provisioned.gb_second.\(architecture.rawValue)")
    }
    /// A GB-second of execution in an environment that was kept ready.
    package static func provisionedRun(_ architecture: Architecture) -> Item {
      Item("lambda.provisioned_run.gb_second.\(architecture.rawValue)")
    }
    /// A GB of a fresh environment under tenant isolation.
    package static func tenant(_ architecture: Architecture) -> Item {
      Item("lambda.tenant.gb.\(architecture.rawValue)")
    }
    /// A processor of Fargate for an hour, on demand or Spot.
    package static func fargateProcessor(_ architecture: Architecture, isSpot: Bool = false) -> Item {
      Item("fargate.\(isSpot ? "spot." : "")vcpu_hour.\(architecture.rawValue)")
    }
    /// A GB of Fargate for an hour, on demand or Spot.
    package static func fargateMemory(_ architecture: Architecture, isSpot: Bool = false) -> Item {
      Item("fargate.\(isSpot ? "spot." : "")gb_hour.\(architecture.rawValue)")
    }
    /// An hour of a machine, for example of a `c7g.xlarge`.
    package static func machine(_ type: String) -> Item {
      Item("ec2.\(String(type.map { $0 == "." ? "_" : $0 })).hour")
    }
  }
}
