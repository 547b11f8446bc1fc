import Jobs

extension KeyTable {
  /// The keys of a scenario; `include` is taken out before the others are read.
  package static let scenario = KeyTable([
    Key("version", .count(1...1), required: true, "version of this format"),
    Key("name", .name, required: true, "name of the scenario, part of a run's id"),
    Key("description", .text, "one line for people"),
    Key("seed", .count(0...Int.max), "the same seed gives the same plan; 1 where left out"),
    Key(
      "target", .either([.word(["local", "aws"]), .pattern("https?://[^/:?# ][^?# ]*"), .mapping(target)]),
      "the platform"),
    Key("mix", .list(.mapping(entry), mayBeEmpty: false), required: true, "the programs"),
    Key("arrivals", .arrivals, required: true, "when jobs arrive"),
    Key("limits", .mapping(limits), "what bounds the run"),
    Key("polling", .oneOf(pollingPolicies.map(\.table)), "how a job's end is waited for"),
    Key("thresholds", .list(.either([.text, .mapping(threshold)]), mayBeEmpty: true), "what the run is judged by"),
    Key("slo", .duration, "a job that succeeds within this time counts as goodput"),
    Key("executions_per_month", .count(1...Int.max), "volume over which what stands idle is spread"),
    Key("assume", .mapping(assumptions), "what a job takes and is billed for, for the plan alone"),
  ])

  /// The key that names files to take keys from.
  package static let include = Key(
    "include", .either([.text, .list(.text, mayBeEmpty: false)]), "files whose keys are taken under this file's own")

  /// `assume`.
  static let assumptions = KeyTable([
    Key("e2e", .duration, "time from arrival to result"), Key("billed", .duration, "billed duration"),
    Key("memory", .size, "memory of the function"),
  ])

  /// `limits`.
  static let limits = KeyTable([
    Key("max_in_flight", .count(1...100_000), "jobs submitted and not yet ended at once; 5000 where left out"),
    Key(
      "on_limit", .word(OnLimit.allCases.map(\.rawValue)),
      "what happens to a job that is due while the cap is reached; queue where left out"),
    Key("job_deadline", .duration, "age at which a job counts as timed out; 60s where left out"),
    Key("drain", .duration, "time after the last arrival in which jobs may still end; 90s where left out"),
    Key("max_cost", .money, "what the run may cost, predicted before it and counted while it goes"),
  ])

  /// An item of `thresholds` that is a mapping.
  static let threshold = KeyTable([
    Key("expr", .text, required: true, "the condition, for example p95(e2e) < 2s"),
    Key("severity", .word(Threshold.Severity.allCases.map(\.rawValue)), "fail where left out"),
    Key("abort", .truth, "true for a condition that ends the run when it comes true"),
    Key("after", .duration, "time from the run's start before which the condition is not looked at"),
  ])

  /// The keys of each policy of `polling`.
  static let pollingPolicies: [(policy: PollingReader.Policy, table: KeyTable)] = [
    (.longPoll, policy(.longPoll, [Key("wait", .duration, "whole seconds that a read is held open; 20s")])),
    (.proportional, policy(.proportional, [])),
    (.fixed, policy(.fixed, [Key("interval", .duration, required: true, "time from one read to the next")])),
    (
      .exponential,
      policy(
        .exponential,
        [
          Key("initial", .duration, required: true, "time to the first read"),
          Key("factor", .number(mayBeZero: false), required: true, "growth from one to the next, at least 1"),
          Key("cap", .duration, required: true, "longest time between two reads"),
        ])
    ),
  ]

  private static func policy(_ policy: PollingReader.Policy, _ keys: [Key]) -> KeyTable {
    KeyTable([Key("policy", .word([policy.rawValue]), required: true, "how a job's end is waited for")] + keys)
  }

  /// The keys of a policy.
  static func polling(_ policy: PollingReader.Policy) -> KeyTable {
    pollingPolicies.first { $0.policy == policy }?.table ?? KeyTable([])
  }
}
