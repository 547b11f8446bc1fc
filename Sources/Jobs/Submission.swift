/// A program to run, as a client submits it: the body of `POST /execute`.
public struct Submission: Codable, Sendable, Hashable {
  /// The source text.
  public var code: String
  /// What the source is written in.
  public var language: Language
  /// What the program reads on its standard input; a list runs it once for each; nil is an empty input.
  public var stdin: StandardInput?
  /// Arguments after the program's name.
  public var args: [String]?
  /// Files beside the source: headers, further classes or modules, data.
  public var files: [SourceFile]?
  /// Options for the compiler, of those that the language's entry in `GET /languages` lists.
  public var options: [String]?
  /// Limits other than the platform's defaults.
  public var limits: RequestedLimits?
  /// How the program must be started; nil leaves it to the platform.
  public var start: RequestedStart?
  /// Whom the program belongs to: where the platform isolates tenants, they never share an environment.
  public var tenant: String?

  /// A program with its input.
  public init(
    code: String, language: Language, stdin: StandardInput? = nil, args: [String]? = nil, files: [SourceFile]? = nil,
    options: [String]? = nil, limits: RequestedLimits? = nil, start: RequestedStart? = nil, tenant: String? = nil
  ) {
    self.code = code
    self.language = language
    self.stdin = stdin
    self.args = args
    self.files = files
    self.options = options
    self.limits = limits
    self.start = start
    self.tenant = tenant
  }
}

/// A file beside the source text.
public struct SourceFile: Codable, Sendable, Hashable {
  /// Its path, relative to the directory that the program starts in, for example `data/points.txt`.
  public var name: String
  /// Its text.
  public var content: String

  /// A file.
  public init(name: String, content: String) {
    self.name = name
    self.content = content
  }
}

/// How a client wants its program to be started.
public enum RequestedStart: String, Codable, Sendable, Hashable, CaseIterable {
  /// With nothing that was ready before: no booted runtime, no fork server, no resident compiler, no cached product.
  case cold
}
