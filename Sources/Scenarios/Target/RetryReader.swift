/// Reads `retry`.
struct RetryReader {
  let problems: ProblemCollector

  func policy(_ node: ScenarioNode) -> RetryPolicy? {
    guard let fields = StrictMapping(node, "retry", problems) else { return nil }
    fields.allow(.retry)
    var policy = RetryPolicy()
    if let causes = fields.optional("on", { node throws(ScenarioProblem) in try Self.causes(node) }) {
      policy.statuses = causes.statuses
      policy.onConnectError = causes.onConnectError
    }
    if let value = fields.optional("max", { node throws(ScenarioProblem) in try node.count(in: 0...100) }) {
      policy.maximum = value
    }
    if let value = fields.optional("honour_retry_after", { node throws(ScenarioProblem) in try node.truth() }) {
      policy.honoursRetryAfter = value
    }
    if let value = fields.optional("backoff", { node throws(ScenarioProblem) in try Self.backoff(node) }) {
      (policy.backoff, policy.factor, policy.cap) = value
    }
    return policy
  }

  private static func causes(
    _ node: ScenarioNode
  ) throws(ScenarioProblem) -> (statuses: Set<Int>, onConnectError: Bool) {
    var statuses: Set<Int> = []
    var onConnectError = false
    for item in try node.items() {
      let word = try item.text()
      if word == "connect_error" {
        onConnectError = true
      } else if let status = Int(word), (400...599).contains(status) {
        statuses.insert(status)
      } else {
        throw item.problem(
          "'\(word)' is no cause for a retry", "use status codes such as 429 and 503, or connect_error")
      }
    }
    return (statuses, onConnectError)
  }

  /// `200ms x2 cap 5s`, where growth and cap may be left out.
  private static func backoff(_ node: ScenarioNode) throws(ScenarioProblem) -> (Duration, Double, Duration) {
    let standard = RetryPolicy()
    let words = try node.text().split(separator: " ").map(String.init)
    let shape = "write a back-off as 200ms x2 cap 5s"
    do {
      var rest = words.dropFirst()
      let first = try Quantity.duration(words[0])
      var factor = 1.0
      if let word = rest.first, word.first == "x", let value = Quantity.plainNumber(word.dropFirst()), value >= 1 {
        factor = value
        rest = rest.dropFirst()
      }
      if rest.isEmpty { return (first, factor, factor == 1 ? first : standard.cap) }
      guard rest.count == 2, rest.first == "cap", let last = rest.last else {
        throw QuantityProblem(what: "\(node.kind) is not a back-off", hint: shape)
      }
      return (first, factor, try Quantity.duration(last))
    } catch let error as QuantityProblem {
      throw node.problem(error.what, shape)
    } catch {
      throw node.problem("\(node.kind) is not a back-off", shape)
    }
  }
}
