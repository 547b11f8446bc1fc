public import Jobs

extension ScenarioDocument {
  /// The scenario of a stored run, whose programs stand beside it.
  ///
  /// - Parameters:
  ///   - yaml: the effective scenario, secrets redacted.
  ///   - name: what its problems are reported under.
  ///   - submissions: what each entry of the mix submits, by the entry's name.
  ///   - environment: what `${NAME}` and `RCE_BENCH_*` are read from.
  ///   - overrides: `key=value` as given to `--set`, in order.
  public init(
    stored yaml: String, name: String, submissions: [String: Submission], environment: [String: String],
    overrides: [String]
  ) throws(ScenarioError) {
    try self.init(text: yaml, name: name, environment: environment, overrides: overrides)
    embed(submissions)
  }

  /// Whether a secret that was redacted still has to be given.
  public var lacksSecrets: Bool { root["target"].map(Self.isRedacted) ?? false }

  private static func isRedacted(_ node: ScenarioNode) -> Bool {
    switch node.content {
    case .text(let text): text.value == "***" || text.value.contains("://***@")
    case .list(let items): items.contains(where: isRedacted)
    case .mapping(let pairs): pairs.contains { isRedacted($0.value) }
    }
  }
}
