/// What a local stack should be like.
public struct StackConfiguration: Sendable {
  /// The API's port on loopback; 0 takes a free one.
  public var port: UInt16 = 0
  /// The folder for sockets, data, code and logs, made if it is absent.
  public var directory: String
  /// The folder goes away with the stack.
  public var isTemporary: Bool
  /// Where the stack's own programs are.
  public var programs = ProgramLocation()
  /// Execution environments at once; nil leaves the host's default, the number of cores.
  public var concurrency: Int?
  /// The rules of the host that are not its own defaults.
  public var rules = HostRules()
  /// Options for `rce-lambda-host` beyond these, for example `["--prewarm", "2"]`.
  public var hostOptions: [String] = []
  /// Options for `rce-api` beyond these.
  public var apiOptions: [String] = []

  /// A stack that keeps its files in a folder.
  public init(directory: String, isTemporary: Bool = false) {
    self.directory = directory
    self.isTemporary = isTemporary
  }

  /// The socket of the stack's Redis.
  public var redisSocket: String { "\(directory)/redis.sock" }

  /// The log of one program.
  public func log(of program: String) -> String { "\(directory)/logs/\(program).log" }
}

/// The programs of a stack in the order in which they start; they stop in the opposite order.
public enum StackProgram: String, CaseIterable, Sendable, Codable {
  /// Queue and status store.
  case redis
  /// Takes messages, owns execution environments.
  case host
  /// Takes submissions, tells states.
  case api

  /// Seconds that the program gets to end by itself.
  var grace: Int64 {
    switch self {
    case .redis: 5
    case .host: 15
    case .api: 5
    }
  }

  /// The start of the line that the program logs when it is ready.
  var readyLine: String {
    switch self {
    case .redis: "eady to accept connections"
    case .host: "rce-lambda-host ready"
    case .api: "rce-api ready on "
    }
  }
}
