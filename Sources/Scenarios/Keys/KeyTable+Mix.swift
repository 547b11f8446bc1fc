import Jobs

extension KeyTable {
  private static let contents: ValueShape = .either([.text, .mapping(writtenText)])

  /// An entry of `mix`.
  static let entry = KeyTable(
    [
      Key("name", .name, required: true, "name of the entry, for thresholds and the report"),
      Key("weight", .number(mayBeZero: false), "its part of the jobs, in a random order"),
      Key("count", .count(1...1_000_000), "how often it comes in a row, in a fixed order"),
      Key("language", .word(Language.allCases.map(\.rawValue)), required: true, "what the program is written in"),
      Key("program", .text, "the program's file, beside the scenario"),
      Key("code", .text, "the program's text"),
      Key(
        "stdin", .either([contents, .list(contents, mayBeEmpty: false)]),
        "its input: a file, { text: ... }, or a list of them for as many runs"),
      Key("args", .list(.text, mayBeEmpty: true), "its arguments"),
      Key("files", .list(.oneOf([fileOnDisk, writtenFile]), mayBeEmpty: false), "files beside the program"),
      Key("options", .list(.text, mayBeEmpty: true), "options of the compiler"),
      Key("limits", .mapping(programLimits), "what the program may use"),
      Key("start", .word(RequestedStart.allCases.map(\.rawValue)), "the start that the platform is asked for"),
      Key("tenant", .text, "whose job it is, where the platform keeps tenants apart"),
      Key("expect", .mapping(expectation), "the verdict that the job must get; completed where left out"),
    ], oneOf: [["program", "code"]])

  /// Text that stands in the scenario itself.
  private static let writtenText = KeyTable([Key("text", .anyText, required: true, "the text")])

  private static let fileOnDisk = KeyTable([
    Key("name", .text, required: true, "the file's name beside the program"),
    Key("file", .text, required: true, "its contents' file, beside the scenario"),
  ])

  private static let writtenFile = KeyTable([
    Key("name", .text, required: true, "the file's name beside the program"),
    Key("text", .anyText, required: true, "its contents"),
  ])

  /// `limits` of an entry.
  static let programLimits = KeyTable([
    Key("wall_time", .duration, "time from start to end, whole milliseconds"),
    Key("cpu_time", .duration, "time on a processor, whole milliseconds"),
    Key("memory", .size, "whole MiB"),
  ])

  /// `expect` of an entry.
  static let expectation = KeyTable([
    Key("state", .word(ExpectationReader.EndState.allCases.map(\.rawValue)), "how the job ends"),
    Key("error", .word(ErrorType.allCases.map(\.rawValue)), "the platform's word for what went wrong"),
    Key("stdout", .anyText, "the whole output"),
    Key("stdout_sha256", .pattern("[0-9a-fA-F]{64}"), "SHA-256 of the output"),
    Key("stdout_contains", .text, "a part of the output"),
    Key("exit_code", .count(0...255), "the program's exit code"),
    Key("signal", .count(1...64), "the signal that ended the program"),
  ])
}
