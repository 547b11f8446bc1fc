extension KeyTable {
  /// Keys of every phase.
  private static let phase: [Key] = [
    Key("name", .name, required: true, "name of the phase, for thresholds and the report"),
    Key("record", .truth, "false for a warm-up phase, which no figure includes"),
    Key("require_steady", .truth, "the report says when the phase shows a trend"),
  ]

  /// Keys of every phase that is part of a run.
  private static let run =
    phase + [Key("fault", .oneOf([kill, pause]), "what is done to a local stack when the phase begins")]

  private static let parts = ValueShape.word(StackFault.Part.allCases.map(\.rawValue))

  private static let kill = KeyTable([Key("kill", parts, required: true, "what is killed")])

  private static let pause = KeyTable([
    Key("pause", parts, required: true, "what stands still"),
    Key("for", .duration, required: true, "for how long"),
  ])

  private static let selected: [Key] = [
    Key(
      "mix", .either([.list(.name, mayBeEmpty: false), .names(.number(mayBeZero: false))]),
      "the entries of this phase: a list, or names with weights of their own")
  ]

  private static func kind(_ kind: String, required: Bool = true, _ keys: [Key]) -> [Key] {
    [Key("kind", .word([kind]), required: required, "how the rate goes")] + keys
  }

  private static let length = Key("for", .duration, required: true, "how long it lasts")

  /// The keys of a phase of this kind under a process; nil where there is no such kind.
  static func phase(_ kind: PhaseKind, _ process: ArrivalProcess) -> KeyTable? {
    switch (kind, process) {
    case (.pause, _): KeyTable(run + Self.kind("pause", [length]))
    case (.constant, .closed): closedPhase
    case (.replay, .replay): replayPhase
    case (.replay, _), (_, .closed), (_, .replay): nil
    case (.search, _): searchPhase
    default: openPhases[kind]
    }
  }

  private static let openPhases: [PhaseKind: KeyTable] = [
    .constant: open("constant", [Key("rate", .rate, required: true, "jobs a second"), length]),
    .ramp: open(
      "ramp",
      [
        Key("from", .rate, required: true, "rate at the start"), Key("to", .rate, required: true, "rate at the end"),
        length,
      ]),
    .stairs: open(
      "stairs",
      [
        Key("from", .rate, required: true, "first rate"), Key("to", .rate, required: true, "last rate"),
        Key("steps", .count(2...10_000), "number of rates, the first and the last included"),
        Key("step", .rate, "difference from one rate to the next"),
        Key("each", .duration, required: true, "how long each rate is held"),
      ], oneOf: [["steps", "step"]]),
    .spike: open(
      "spike",
      [
        Key("base", .rate, required: true, "rate before and after"),
        Key("peak", .rate, required: true, "rate of the spike"),
        Key("at", .duration, "when the spike starts; in the middle where this is left out"),
        Key("hold", .duration, required: true, "how long the spike lasts"), length,
      ]),
    .burst: open(
      "burst",
      [
        Key("count", .count(1...1_000_000), required: true, "jobs at one instant"),
        Key("every", .duration, "time from one burst to the next; one burst where this is left out"),
        Key("times", .count(1...1_000_000), "number of bursts"), Key("for", .duration, "how long it lasts"),
      ], oneOf: [["times", "for"]]),
    .sine: open(
      "sine",
      [
        Key("mean", .rate, required: true, "rate on average"),
        Key("amplitude", .rate, required: true, "rise and fall around the mean; at most the mean"),
        Key("period", .duration, required: true, "time of one swing"),
        Key("start", .word(SineStart.allCases.map(\.rawValue)), "where the swing begins; the mean where left out"),
        length,
      ]),
    .profile: open(
      "profile",
      [
        Key(
          "shares", .list(.either([.number(mayBeZero: true), .mapping(interval)]), mayBeEmpty: false), required: true,
          "each interval's part of the jobs: numbers, or { share, for } for intervals of different length"),
        Key("each", .duration, "length of an interval, where shares are numbers"),
        Key("jobs", .count(1...100_000_000), "jobs in all"), Key("rate", .rate, "rate on average"),
        Key(
          "dispersion", .number(mayBeZero: false), "variance over mean of the jobs in a minute, from 1; poisson only"),
      ], oneOf: [["jobs", "rate"]]),
  ]

  /// An interval of a profile.
  static let interval = KeyTable([
    Key("share", .number(mayBeZero: true), required: true, "the interval's part of the jobs"),
    Key("for", .duration, required: true, "how long it lasts"),
  ])

  /// Keys of a search, which is no part of a run: `rce-bench capacity` makes runs of it.
  private static let searchPhase = KeyTable(
    phase
      + kind(
        "search",
        [
          Key("from", .rate, required: true, "first rate"),
          Key("to", .rate, required: true, "highest rate that is ever sent"),
          Key("warm_up", .duration, "time at a rate before its window; 5s where left out"),
          Key("each", .duration, "window of a rate, longer where it needs more jobs; 30s where left out"),
          Key("confirm", .count(0...20), "times that the highest rate has to hold again; 3 where left out"),
        ]) + selected)

  private static func open(_ kind: String, _ keys: [Key], oneOf alternatives: [[String]] = []) -> KeyTable {
    KeyTable(run + Self.kind(kind, keys) + selected, oneOf: alternatives)
  }

  private static let closedPhase = KeyTable(
    run
      + kind(
        "constant", required: false,
        [
          Key("concurrency", .count(1...10_000), required: true, "jobs in flight"),
          Key("for", .duration, "ends after this time"),
          Key("jobs", .count(1...100_000_000), "ends after so many jobs"),
          Key("repeat", .count(1...100_000_000), "ends after so many passes over the phase's mix"),
          Key(
            "think_time", .either([.duration, .mapping(thinkTime)]),
            "pause between the end of a job and the next: a time, or { mean, distribution }"),
        ]) + selected, oneOf: [["for", "jobs", "repeat"]])

  /// A think time that varies.
  static let thinkTime = KeyTable([
    Key("mean", .duration, required: true, "pause on average"),
    Key("distribution", .word(["fixed", "exponential"]), "exponential where left out"),
  ])

  private static let replayPhase = KeyTable(
    run
      + kind(
        "replay", required: false,
        [
          Key("file", .text, required: true, "CSV or JSON lines of offset and entry, beside the scenario"),
          Key("speed", .number(mayBeZero: false), "how many times faster than recorded"),
          Key("from", .duration, "recorded time to leave out at the start"),
          Key("for", .duration, "recorded time to take; the rest where left out"),
        ]))

  /// `arrivals`.
  static let arrivals = KeyTable([
    Key("process", .word(ArrivalProcess.allCases.map(\.rawValue)), required: true, "how arrivals are spread over time"),
    Key("phases", .list(.text, mayBeEmpty: false), required: true, "what happens one after the other"),
  ])
}

/// How the rate of a phase goes.
enum PhaseKind: String, CaseIterable {
  case constant, ramp, stairs, spike, burst, sine, pause, profile, replay, search

  /// The kinds that a process has.
  static func all(of process: ArrivalProcess) -> [Self] {
    allCases.filter { KeyTable.phase($0, process) != nil }
  }
}
