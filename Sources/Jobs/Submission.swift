/// A program to run, as a client submits it: the body of `POST /execute`.
public struct Submission: Codable, Sendable, Hashable {
  /// The source text.
  public var code: String
  /// What the source is written in.
  public var language: Language
  /// What the program reads on its standard input; nil is an empty input.
  public var stdin: String?
  /// Arguments after the program's name.
  public var args: [String]?
  /// Limits other than the platform's defaults.
  public var limits: RequestedLimits?

  /// A program with its input.
  public init(
    code: String, language: Language, stdin: String? = nil, args: [String]? = nil, limits: RequestedLimits? = nil
  ) {
    self.code = code
    self.language = language
    self.stdin = stdin
    self.args = args
    self.limits = limits
  }
}
