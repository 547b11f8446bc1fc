/// The deployment on AWS that a run drove.
public struct DeploymentInfo: Codable, Sendable, Hashable {
  /// What the names of its parts begin with, for example `rce-dev`.
  public var name: String
  /// The region, for example `us-east-1`.
  public var region: String
  /// `dev`, `staging` or `prod`.
  public var environment: String
  /// `basic`, `lean` or `ha`.
  public var profile: String
  /// `x86_64` or `arm64`.
  public var architecture: String
  /// `rest` or `http`.
  public var gateway: String
  /// Mebibytes of each function: `api`, `dispatcher`, `executor`.
  public var memoryMB: [String: Int]
  /// The log groups of the functions.
  public var logGroups: [String: String]

  /// A deployment.
  public init(
    name: String, region: String, environment: String, profile: String, architecture: String, gateway: String,
    memoryMB: [String: Int], logGroups: [String: String]
  ) {
    self.name = name
    self.region = region
    self.environment = environment
    self.profile = profile
    self.architecture = architecture
    self.gateway = gateway
    self.memoryMB = memoryMB
    self.logGroups = logGroups
  }
}

/// What the platform's own log says of a run: how much of it was found, and how it compares with what results declared.
public struct PlatformLog: Codable, Sendable, Hashable {
  /// All REPORT lines of one function while the run went on, whoever caused them.
  public struct Function: Codable, Sendable, Hashable {
    /// `api`, `dispatcher` or `executor`.
    public var name: String
    /// Invocations.
    public var invocations: Int
    /// Milliseconds billed.
    public var billedMs: Int
    /// Milliseconds billed times the mebibytes of each invocation.
    public var billedMBms: Int
    /// Invocations that had an initialisation to pay for.
    public var initialised: Int

    /// The sums of a function.
    public init(
      name: String, invocations: Int = 0, billedMs: Int = 0, billedMBms: Int = 0, initialised: Int = 0
    ) {
      self.name = name
      self.invocations = invocations
      self.billedMs = billedMs
      self.billedMBms = billedMBms
      self.initialised = initialised
    }

    /// GB-seconds billed.
    public var gigabyteSeconds: Double { Double(billedMBms) / 1_024_000 }
  }

  /// Jobs that named their invocation.
  public var jobs = 0
  /// Jobs that were accepted and named none: they never ran, or the platform failed.
  public var unnamed = 0
  /// Jobs whose REPORT line was found.
  public var found = 0
  /// Jobs among them that waited for an initialisation.
  public var cold = 0
  /// Jobs among them whose environment was initialised ahead of need, so that they pay for it and did not wait.
  public var ahead = 0
  /// Jobs among them whose result said otherwise of the cold start.
  public var coldDiffers = 0
  /// Jobs among them whose result declared other milliseconds.
  public var billedDiffers = 0
  /// Milliseconds that the lines bill for those beyond what was declared.
  public var billedDifferenceMs = 0
  /// Jobs among them whose line tells another memory than the result, or than the deployment is configured with.
  public var memoryDiffers = 0
  /// What each function was billed while the run went on; empty where it could not be asked for.
  public var functions: [Function] = []
  /// Bytes that the queries read.
  public var scannedBytes = 0
  /// Milliseconds since 1970 of the last look.
  public var readAt: Int64 = 0
  /// Why lines are missing, where that is known.
  public var problem: String?

  /// Nothing was looked for yet.
  public init() {}

  /// Every job that named its invocation has its line.
  public var isComplete: Bool { found == jobs && jobs > 0 }
}
