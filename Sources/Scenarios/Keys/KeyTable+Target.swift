import Jobs

extension KeyTable {
  private static let headers = Key("headers", .names(.anyText), "headers of every request")
  private static let languageTexts: ValueShape = .names(.text)

  /// `target` without the key that describes its profile.
  static let targetOfAnyProfile = KeyTable([
    Key(
      "base_url", .either([.word(["local", "aws"]), .pattern("https?://[^/:?# ][^?# ]*")]), required: true,
      "where it is"),
    Key("profile", .word(ProfileKind.allCases.map(\.rawValue)), "the platform's API; rce where left out"),
    headers,
    Key("auth", .mapping(authentication), "a bearer token"),
    Key("http", .mapping(http), "connections and their limits"),
    Key("tls", .mapping(tls), "certificates"),
    Key("resolve", .list(.text, mayBeEmpty: false), "host:port:address, instead of the name service"),
    Key("retry", .mapping(retry), "which submissions are sent again, and when"),
  ])

  /// `target`, with what describes each profile.
  static let target = targetOfAnyProfile.with([
    Key("judge0", .mapping(judge0), "Judge0's languages"),
    Key("piston", .mapping(piston), "Piston's languages and versions"),
    Key("custom", .mapping(custom), "the platform's own API"),
  ])

  /// `auth` of a target.
  static let authentication = KeyTable([
    Key("bearer", .text, required: true, "the token; write ${NAME} and set the variable")
  ])

  /// `http` of a target.
  static let http = KeyTable([
    Key("keep_alive", .truth, "false for a connection each request"),
    Key("connect_timeout", .duration, "time for a connection"),
    Key("request_timeout", .duration, "time for an answer, on top of a read that is held open"),
    Key("max_connections", .count(1...65_535), "connections at once"),
    Key("version", .word(HTTPVersion.allCases.map(\.rawValue)), "version of HTTP; auto where left out"),
    Key("max_redirects", .count(0...50), "redirects that a status read follows within its origin"),
    Key("max_body", .size, "largest answer"),
  ])

  /// `tls` of a target.
  static let tls = KeyTable([
    Key("verify", .truth, "false trusts any certificate, and the report says so"),
    Key("ca_file", .text, "certificates of authorities, PEM"),
    Key("client_cert", .text, "own certificate, PEM"),
    Key("client_key", .text, "its key, PEM"),
  ])

  /// `retry` of a target.
  static let retry = KeyTable([
    Key(
      "on", .list(.either([.count(400...599), .word(["connect_error"])]), mayBeEmpty: false),
      "status codes, or connect_error"),
    Key("max", .count(0...100), "submissions beyond the first"),
    Key("backoff", .text, "for example 200ms x2 cap 5s"),
    Key("honour_retry_after", .truth, "false ignores the platform's word"),
  ])

  /// `judge0` of a target.
  static let judge0 = KeyTable([Key("languages", .names(.count(0...Int.max)), "Judge0's number of each language")])

  /// `piston` of a target.
  static let piston = KeyTable([
    Key("languages", languageTexts, "Piston's name of each language"),
    Key("versions", languageTexts, "Piston's version of each language"),
  ])

  /// `custom` of a target.
  static let custom = KeyTable([
    Key("languages", languageTexts, "the platform's name of each language"),
    Key("health", .text, "path that answers while the platform is well"),
    Key("submit", .mapping(submission), required: true, "the call that submits a job"),
    Key("id", .text, "JSONPath of the job's id in the answer"),
    Key("poll", .mapping(statusRead), "the call that reads a job"),
    Key("state", .text, required: true, "JSONPath of the job's state"),
    Key(
      "states", .names(.word(JobState.allCases.map(\.rawValue) + ErrorType.allCases.map(\.rawValue))), required: true,
      "what each of the platform's words means"),
    Key("result", answerText, "JSONPath of the output, without its last newline"),
    Key("error", answerText, "JSONPath of what went wrong"),
    Key("stdout", answerText, "JSONPath of the whole output"),
    Key("exit_code", .text, "JSONPath of the exit code"),
    Key("instants", .mapping(instants), "where the platform tells when something happened"),
  ])

  private static let answerText: ValueShape = .either([.text, .mapping(encodedText)])

  /// A text of an answer that may be encoded.
  static let encodedText = KeyTable([
    Key("path", .text, required: true, "JSONPath of the text"), Key("base64", .truth, "true where it is base64"),
  ])

  /// `submit` of a custom profile.
  static let submission = KeyTable([
    Key("method", .word(["POST", "PUT"]), "POST where left out"),
    Key("path", .text, required: true, "path, with {{language}} where it belongs"),
    headers,
    Key("body", .text, required: true, "body, with {{code}} and what else it takes"),
  ])

  /// `poll` of a custom profile.
  static let statusRead = KeyTable([
    Key("method", .word(["GET", "POST"]), "GET where left out"),
    Key("path", .text, required: true, "path, with {{id}} and {{wait}} where they belong"), headers,
  ])

  /// `instants` of a custom profile.
  static let instants = KeyTable(
    CustomInstant.Name.allCases.map { Key($0.rawValue, .mapping(instant), "the platform's \($0.rawValue)") })

  /// An instant of a custom profile.
  static let instant = KeyTable([
    Key("path", .text, required: true, "JSONPath of the instant"),
    Key("unit", .word(CustomInstant.Unit.allCases.map(\.rawValue)), required: true, "how it is written"),
  ])
}
