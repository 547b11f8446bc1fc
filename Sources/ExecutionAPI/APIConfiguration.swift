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
  /// The web console that is served beside the API; nil serves none.
  public var console: ConsoleFiles?
  /// The benchmark reports that are served at `/reports`; nil serves none.
  public var reports: ReportShelf?
  /// What a submission may ask for.
  public var rules = SubmissionRules()

  /// The defaults of the reference stack.
  public init(version: String) {
    self.version = version
  }
}

/// What a submission may ask for, and what it gets where it asks for nothing.
public struct SubmissionRules: Sendable {
  /// Limits of a program whose submission names none; nil is the language's own.
  public var defaults = RequestedLimits()
  /// The most that a submission may name; nil is the language's own.
  public var maximum = RequestedLimits()
  /// The languages that submissions may be written in.
  public var languages = LanguageTable.current
  /// How many and how large the parts of a submission may be.
  public var request = RequestRules()

  /// The defaults of the reference stack.
  public init() {}

  /// What a program of a language gets that asks for nothing, and what it may ask for.
  func limits(of language: LanguageDefinition) -> LanguageLimits {
    let own = language.limits
    return LanguageLimits(
      wallTimeMs: own.wallTimeMs.overridden(default: defaults.wallTimeMs, maximum: maximum.wallTimeMs),
      cpuTimeMs: own.cpuTimeMs.overridden(default: defaults.cpuTimeMs, maximum: maximum.cpuTimeMs),
      memoryMB: own.memoryMB.overridden(default: defaults.memoryMB, maximum: maximum.memoryMB))
  }
}
