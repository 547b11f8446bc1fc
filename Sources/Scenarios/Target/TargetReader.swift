import HostSystem

/// Reads `target`: a word, a URL, or a mapping.
struct TargetReader {
  let directory: String
  let problems: ProblemCollector

  func target(_ node: ScenarioNode) -> TargetSpecification? {
    if case .text = node.content {
      return problems.collect { () throws(ScenarioProblem) in
        TargetSpecification(place: try Self.place(node), secrets: Secrets(ofTarget: node))
      }
    }
    guard let fields = StrictMapping(node, "a target", problems) else { return nil }
    let profiles = TargetProfileReader(problems: problems)
    let kind = fields.optional("profile") { node throws(ScenarioProblem) in try node.choice(ProfileKind.self) }
    fields.allow(KeyTable.targetOfAnyProfile.names + [(kind ?? .rce).rawValue])
    let place = fields.required("base_url") { node throws(ScenarioProblem) in try Self.place(node) }
    let profile = profiles.profile(kind ?? .rce, fields)
    guard let place, let profile else { return nil }
    if place == .local || place == .aws, profile != .rce {
      problems.add(
        "profile: '\(profile.name)' with base_url: \(place == .aws ? "aws" : "local")", at: fields.place(of: "profile"),
        hint: "the reference stack speaks rce; give the URL of the platform")
    }
    let http = HTTPSettingsReader(directory, problems).settings(fields)
    if http.version == .http2, case .url(let url) = place, url.hasPrefix("http:") {
      problems.add(
        "http.version: 2 needs an https URL", at: fields.place(of: "http"),
        hint: "HTTP/2 is chosen in the TLS handshake; leave the key out for plain HTTP")
    }
    return TargetSpecification(
      place: place, profile: profile, headers: headers(fields),
      http: http,
      retry: fields.nested("retry") { RetryReader(problems: problems).policy($0) }, secrets: Secrets(ofTarget: node))
  }

  private static func place(_ node: ScenarioNode) throws(ScenarioProblem) -> TargetPlace {
    let text = try node.text()
    if text == "local" { return .local }
    if text == "aws" { return .aws }
    let shown = SecretRedaction.redact(url: text)
    guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else {
      throw node.problem("'\(shown)' is not a target", "use local, aws or a URL that starts with http:// or https://")
    }
    let rest = text.dropFirst(scheme.count)
    guard let first = rest.first, first != "/", first != ":", !rest.contains(where: { "?# ".contains($0) }) else {
      throw node.problem(
        "'\(shown)' is not a base URL", "write scheme, host, port and path, for example http://host:8080")
    }
    return .url(String(text.reversed().drop { $0 == "/" }.reversed()))
  }

  private func headers(_ fields: StrictMapping) -> [HTTPHeader] {
    var headers = fields.nested("headers") { HeadersReader(problems: problems).headers($0) } ?? []
    guard let bearer = fields.nested("auth", bearer) else { return headers }
    if headers.contains(where: { $0.name.lowercased() == "authorization" }) {
      problems.add(
        "a target has both auth and the header Authorization", at: fields.place(of: "auth"), hint: "keep one of them")
    }
    headers.append(HTTPHeader(name: "Authorization", value: "Bearer \(bearer)"))
    return headers
  }

  private func bearer(_ node: ScenarioNode) -> String? {
    guard let fields = StrictMapping(node, "auth", problems) else { return nil }
    fields.allow(.authentication)
    return fields.required("bearer") { node throws(ScenarioProblem) in
      guard case .text(let text) = node.content, !text.isNull, !text.value.isEmpty,
        text.value.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
      else {
        // The value itself must not be repeated.
        throw node.problem("must be a token of visible ASCII characters", "write ${NAME} and set the variable")
      }
      return text.value
    }
  }
}

/// Reads a mapping of header names and values.
struct HeadersReader {
  let problems: ProblemCollector

  func headers(_ node: ScenarioNode) -> [HTTPHeader]? {
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
}
