/// Reads `target`: a word, a URL, or a mapping.
struct TargetReader {
  let problems: ProblemCollector

  func target(_ node: ScenarioNode) -> TargetSpecification? {
    if case .text = node.content {
      return problems.collect { () throws(ScenarioProblem) in TargetSpecification(place: try Self.place(node)) }
    }
    guard let fields = StrictMapping(node, "a target", problems) else { return nil }
    fields.allow(["base_url", "profile", "headers", "http", "retry"])
    let profile = fields.optional("profile") { node throws(ScenarioProblem) in try node.text() }
    if let profile, profile != "rce" {
      problems.add(
        "profile: '\(profile)' is not supported", at: fields.place(of: "profile"), hint: "the supported profile is rce")
    }
    let place = fields.required("base_url") { node throws(ScenarioProblem) in try Self.place(node) }
    guard let place else { return nil }
    return TargetSpecification(
      place: place, headers: fields.nested("headers", headers) ?? [], http: fields.nested("http", http) ?? .init(),
      retry: fields.nested("retry", retry))
  }

  private static func place(_ node: ScenarioNode) throws(ScenarioProblem) -> TargetPlace {
    let text = try node.text()
    if text == "local" { return .local }
    if text == "aws" { throw node.problem("target 'aws' is not supported", "use local or the URL of a platform") }
    let shown = SecretRedaction.redact(url: text)
    guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else {
      throw node.problem("'\(shown)' is not a target", "use local or a URL that starts with http:// or https://")
    }
    let rest = text.dropFirst(scheme.count)
    guard let first = rest.first, first != "/", first != ":", !rest.contains(where: { "?# ".contains($0) }) else {
      throw node.problem(
        "'\(shown)' is not a base URL", "write scheme, host, port and path, for example http://host:8080")
    }
    return .url(String(text.reversed().drop { $0 == "/" }.reversed()))
  }

  private func headers(_ node: ScenarioNode) -> [HTTPHeader]? {
    guard case .mapping(let pairs) = node.content else {
      problems.add("headers must be a mapping of names and values, got \(node.kind)", at: node.place)
      return nil
    }
    return pairs.compactMap { pair in
      guard case .text(let text) = pair.value.content, !(pair.key + text.value).contains(where: \.isNewline) else {
        problems.add("header \(pair.key): the value must be one line of text", at: pair.value.place)
        return nil
      }
      return HTTPHeader(name: pair.key, value: text.value)
    }
  }

  private func http(_ node: ScenarioNode) -> HTTPSettings? {
    guard let fields = StrictMapping(node, "http", problems) else { return nil }
    fields.allow(["keep_alive", "connect_timeout", "request_timeout", "max_connections"])
    let standard = HTTPSettings()
    return HTTPSettings(
      keepAlive: fields.optional("keep_alive") { node throws(ScenarioProblem) in try node.truth() }
        ?? standard.keepAlive,
      connectTimeout: fields.optional("connect_timeout") { node throws(ScenarioProblem) in try node.duration() }
        ?? standard.connectTimeout,
      requestTimeout: fields.optional("request_timeout") { node throws(ScenarioProblem) in try node.duration() }
        ?? standard.requestTimeout,
      maximumConnections: fields.optional("max_connections") { node throws(ScenarioProblem) in
        try node.count(in: 1...65_535)
      } ?? standard.maximumConnections)
  }

  private func retry(_ node: ScenarioNode) -> RetryPolicy? {
    guard let fields = StrictMapping(node, "retry", problems) else { return nil }
    fields.allow(["on", "max", "backoff", "honour_retry_after"])
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
