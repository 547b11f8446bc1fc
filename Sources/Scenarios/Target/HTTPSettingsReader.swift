import HostSystem

/// Reads what a target says of connections: `http`, `tls` and `resolve`.
struct HTTPSettingsReader {
  private let directory: String
  private let problems: ProblemCollector

  init(_ directory: String, _ problems: ProblemCollector) {
    self.directory = directory
    self.problems = problems
  }

  func settings(_ target: StrictMapping) -> HTTPSettings {
    var settings = target.nested("http", http) ?? HTTPSettings()
    settings.tls = target.nested("tls", tls) ?? TLSSettings()
    settings.resolve = target.optional("resolve") { node throws(ScenarioProblem) in try Self.resolve(node) } ?? []
    return settings
  }

  private func http(_ node: ScenarioNode) -> HTTPSettings? {
    guard let fields = StrictMapping(node, "http", problems) else { return nil }
    fields.allow(.http)
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
      } ?? standard.maximumConnections,
      version: fields.optional("version") { node throws(ScenarioProblem) in try node.choice(HTTPVersion.self) }
        ?? standard.version,
      maximumRedirects: fields.optional("max_redirects") { node throws(ScenarioProblem) in try node.count(in: 0...50) }
        ?? standard.maximumRedirects,
      maximumBodyBytes: fields.optional("max_body") { node throws(ScenarioProblem) in try node.mebibytes() << 20 }
        ?? standard.maximumBodyBytes)
  }

  private func tls(_ node: ScenarioNode) -> TLSSettings? {
    guard let fields = StrictMapping(node, "tls", problems) else { return nil }
    fields.allow(.tls)
    if fields.has("client_key"), !fields.has("client_cert") {
      problems.add(
        "client_key without client_cert", at: fields.place(of: "client_key"), hint: "a key belongs to a certificate")
    }
    return TLSSettings(
      verifies: fields.optional("verify") { node throws(ScenarioProblem) in try node.truth() } ?? true,
      caFile: fields.optional("ca_file") { node throws(ScenarioProblem) in try file(node) },
      clientCertificate: fields.optional("client_cert") { node throws(ScenarioProblem) in try file(node) },
      clientKey: fields.optional("client_key") { node throws(ScenarioProblem) in try file(node) })
  }

  /// A file that can be read, beside the scenario unless its path is absolute.
  private func file(_ node: ScenarioNode) throws(ScenarioProblem) -> String {
    let text = try node.text()
    let path = text.hasPrefix("/") ? text : directory + text
    do {
      _ = try FileDescriptor.open(path, 0).readAll()
    } catch {
      throw node.problem("cannot read \(path): \(error)", "paths are relative to the scenario")
    }
    return path
  }

  private static func resolve(_ node: ScenarioNode) throws(ScenarioProblem) -> [String] {
    var entries: [String] = []
    for item in try node.items() {
      let text = try item.text()
      guard HTTPSettings.isResolveEntry(text) else {
        throw item.problem("'\(text)' is not host:port:address", "for example api.example.com:443:127.0.0.1")
      }
      entries.append(text)
    }
    return entries
  }
}
