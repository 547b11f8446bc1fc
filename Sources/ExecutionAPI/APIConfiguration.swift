public import Jobs

/// What an API allows, and for how long.
public struct APIConfiguration: Sendable {
  /// The program's version, told by `/health` and `/metrics`.
  public var version: String
  /// Bytes of a body; the transport must mark larger ones with `bodyExceedsLimit`.
  public var bodyLimit = 1 << 20
  /// Bytes of source text that travel in a message; a longer one goes to the code store.
  public var inlineCodeLimit = 64 << 10
  /// Seconds that a status request may wait for a job's end; 0 answers every request at once.
  public var longestWaitSeconds = 20
  /// Messages waiting in the queue beyond which submissions are refused.
  public var deepestQueue = 100_000
  /// Web origins whose pages may call the API, for example `https://console.example.org`; `*` is any.
  public var allowedOrigins: [String] = []
  /// What a submission may ask for.
  public var rules = SubmissionRules()

  /// The defaults of the reference stack.
  public init(version: String) {
    self.version = version
  }
}

/// What a submission may ask for, and what it gets where it asks for nothing.
public struct SubmissionRules: Sendable {
  /// The limits of a program whose submission names none.
  public var defaults = ResourceLimits()
  /// Wall-clock milliseconds that a submission may name.
  public var wallTimeMs = 1...30_000
  /// CPU milliseconds that a submission may name.
  public var cpuTimeMs = 1...30_000
  /// Mebibytes that a submission may name.
  public var memoryMB = 16...1_024
  /// Arguments that a program may be given.
  public var mostArguments = 64
  /// Bytes of one argument; execve(2) takes 128 KiB.
  public var longestArgument = 64 << 10

  /// The defaults of the reference stack.
  public init() {}
}
