import FoundationEssentials

/// Reads the calls of a platform that a scenario describes.
struct CustomCallReader {
  let problems: ProblemCollector

  private typealias Placeholder = RequestTemplate.Placeholder

  /// What a submission's path and body may be filled with.
  private static let ofProgram = Set(Placeholder.allCases).subtracting([.id, .wait])

  func submit(_ node: ScenarioNode) -> CustomCall? {
    guard let fields = StrictMapping(node, "submit", problems) else { return nil }
    fields.allow(.submission)
    let path = fields.required("path") { node throws(ScenarioProblem) in try Self.path(node, [.language]) }
    let body = fields.required("body") { node throws(ScenarioProblem) in try Self.template(node, Self.ofProgram) }
    guard let path, let body else { return nil }
    let call = CustomCall(
      method: method(fields, ["POST", "PUT"]), path: path,
      headers: fields.nested("headers") { HeadersReader(problems: problems).headers($0) } ?? [], body: body)
    check(call, fields)
    return call
  }

  func poll(_ node: ScenarioNode) -> CustomCall? {
    guard let fields = StrictMapping(node, "poll", problems) else { return nil }
    fields.allow(.statusRead)
    let path = fields.required("path") { node throws(ScenarioProblem) in
      let path = try Self.path(node, [.id, .wait])
      guard path.placeholders.contains(.id) else {
        throw node.problem("must have {{id}} where the job's id belongs")
      }
      return path
    }
    guard let path, let none = try? RequestTemplate("") else { return nil }
    return CustomCall(
      method: method(fields, ["GET", "POST"]), path: path,
      headers: fields.nested("headers") { HeadersReader(problems: problems).headers($0) } ?? [], body: none)
  }

  private func method(_ fields: StrictMapping, _ methods: [String]) -> String {
    fields.optional("method") { node throws(ScenarioProblem) in
      let word = try node.text()
      guard methods.contains(word) else {
        throw node.problem("'\(word)' is not one of \(methods.joined(separator: ", "))")
      }
      return word
    } ?? methods[0]
  }

  private static func path(
    _ node: ScenarioNode, _ allowed: Set<RequestTemplate.Placeholder>
  ) throws(ScenarioProblem) -> RequestTemplate {
    let text = try node.text()
    guard text.hasPrefix("/"), !text.contains(where: \.isWhitespace) else {
      throw node.problem("must be a path that starts with '/'")
    }
    return try template(node, allowed)
  }

  private static func template(
    _ node: ScenarioNode, _ allowed: Set<RequestTemplate.Placeholder>
  ) throws(ScenarioProblem) -> RequestTemplate {
    let names = allowed.map(\.rawValue).sorted()
    let template: RequestTemplate
    do {
      template = try RequestTemplate(try node.text())
    } catch let error as RequestTemplateError {
      switch error {
      case .unclosed: throw node.problem("'{{' without '}}'")
      case .unknown(let name):
        throw node.problem(
          "{{\(name)}} stands for nothing",
          suggestion(for: name, among: names) ?? "use \(names.joined(separator: ", "))")
      }
    } catch let error as ScenarioProblem {
      throw error
    } catch {
      throw node.problem("\(error)")
    }
    if let other = template.placeholders.subtracting(allowed).first {
      throw node.problem("{{\(other.rawValue)}} has no meaning here", "use \(names.joined(separator: ", "))")
    }
    return template
  }

  /// A body that is called JSON must be JSON, whatever a program's text is.
  private func check(_ call: CustomCall, _ fields: StrictMapping) {
    guard call.bodyFormat == .json else { return }
    let sample = call.body.filled { placeholder in
      switch placeholder {
      case .arguments: "[]"
      case .wallTime, .cpuTime, .memory: "null"
      default: "x"
      }
    }
    guard (try? JSONDecoder().decode(AnyJSON.self, from: Data(sample.utf8))) == nil else { return }
    problems.add(
      "body: is not JSON once its placeholders are filled", at: fields.place(of: "body"),
      hint: "texts need quotes around the placeholder, \"{{code}}\"; {{args}} and the limits need none")
  }
}

/// Any JSON at all: the decoder has read it whole before it asks.
private struct AnyJSON: Decodable {
  init(from decoder: any Decoder) throws {}
}

extension CustomCall {
  /// How texts are written into a body.
  package enum BodyFormat: Sendable {
    case json, form, plain
  }

  /// What the header Content-Type makes of the body; JSON where there is none.
  package var bodyFormat: BodyFormat {
    let type = headers.first { $0.name.lowercased() == "content-type" }?.value.lowercased() ?? "application/json"
    return type.contains("json") ? .json : type.hasPrefix("application/x-www-form-urlencoded") ? .form : .plain
  }
}
