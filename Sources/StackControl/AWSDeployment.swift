import FoundationEssentials

/// A deployment of the reference stack on AWS, as its outputs tell of it (`stack/aws/outputs.tf`).
public struct AWSDeployment: Sendable, Hashable {
  /// One of the deployment's functions.
  public enum Function: String, Sendable, Hashable, CaseIterable {
    case api, dispatcher, executor
  }

  /// What the names of all parts begin with, for example `rce-dev`.
  public var name: String
  /// Where `/execute` is; no slash at the end.
  public var apiURL: String
  /// The region, for example `us-east-1`.
  public var region: String
  /// `dev`, `staging` or `prod`.
  public var environment: String
  /// `basic`, `lean` or `ha`.
  public var profile: String
  /// `x86_64` or `arm64`.
  public var architecture: String
  /// `rest` or `http`.
  public var gateway: String
  /// Mebibytes of each function.
  public var memoryMB: [Function: Int]
  /// The functions' names.
  public var functionNames: [Function: String]
  /// The log groups that their REPORT lines are in.
  public var logGroups: [Function: String]
  /// Calls a second that the API takes; nil where the outputs do not say.
  public var throttleRate: Int?
  /// Calls at one instant that it takes; nil where the outputs do not say.
  public var throttleBurst: Int?
  /// Executors that may run at once; nil where nothing is reserved.
  public var executorConcurrency: Int?
  /// Dispatchers that may run at once; nil is Lambda's own ramp.
  public var dispatchConcurrency: Int?

  /// Reads what `terraform output -json` prints.
  ///
  /// - Parameter source: where the bytes come from, for the error.
  public init(outputs bytes: [UInt8], source: String) throws(StackError) {
    let outputs: [String: Output]
    do { outputs = try JSONDecoder().decode([String: Output].self, from: Data(bytes)) } catch {
      throw StackError(
        .configuration, "\(source) is not what `terraform output -json` prints: an object of outputs with a value each",
        hint: "make the file anew: stack/aws/deploy.sh outputs --json > outputs.json")
    }
    guard !outputs.isEmpty else {
      throw StackError(
        .configuration, "\(source) holds no outputs: nothing is deployed in this workspace",
        hint: "deploy with stack/aws/deploy.sh deploy, or choose the environment: TF_WORKSPACE=dev")
    }
    let reader = OutputReader(outputs: outputs, source: source)
    try reader.requireAll()
    apiURL = try Self.url(reader.text("api_url"), source)
    name = try reader.text("name")
    region = try reader.text("region")
    environment = try reader.text("environment")
    profile = try reader.text("profile")
    architecture = try reader.word("architecture", ["x86_64", "arm64"])
    gateway = try reader.word("gateway", ["rest", "http"])
    memoryMB = try reader.ofFunctions("memory_mb", \.number)
    functionNames = try reader.ofFunctions("function_names", \.text)
    logGroups = try reader.ofFunctions("log_groups", \.text)
    let limits = reader.optional("limits")
    throttleRate = limits?["throttle"]?["rate"]?.number
    throttleBurst = limits?["throttle"]?["burst"]?.number
    executorConcurrency = limits?["executor_concurrency"]?.number
    dispatchConcurrency = limits?["dispatch_concurrency"]?.number
  }

  private static func url(_ text: String, _ source: String) throws(StackError) -> String {
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
      throw StackError(
        .configuration, "\(source): api_url is '\(text)', which is no URL",
        hint: "the API may not be deployed yet: stack/aws/deploy.sh deploy")
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// One output; others know what it means.
  struct Output: Decodable {
    var value: OutputValue
  }
}

/// The value of an output of Terraform.
enum OutputValue: Decodable {
  case text(String)
  case number(Int)
  case object([String: OutputValue])
  case other

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else if let object = try? container.decode([String: OutputValue].self) {
      self = .object(object)
    } else {
      self = .other
    }
  }

  var text: String? { if case .text(let text) = self, !text.isEmpty { text } else { nil } }
  var number: Int? { if case .number(let number) = self { number } else { nil } }

  subscript(name: String) -> OutputValue? { if case .object(let object) = self { object[name] } else { nil } }
}

/// Reads outputs that must be there.
private struct OutputReader {
  static let required = [
    "api_url", "name", "region", "environment", "profile", "architecture", "gateway", "memory_mb", "function_names",
    "log_groups",
  ]

  let outputs: [String: AWSDeployment.Output]
  let source: String

  func requireAll() throws(StackError) {
    let missing = Self.required.filter { outputs[$0] == nil }
    guard missing.isEmpty else {
      throw StackError(
        .configuration, "\(source) lacks the outputs \(missing.joined(separator: ", "))",
        hint: "they must be those of this version's stack/aws: deploy it again, then deploy.sh outputs --json")
    }
  }

  func optional(_ name: String) -> OutputValue? { outputs[name]?.value }

  func text(_ name: String) throws(StackError) -> String {
    guard let text = outputs[name]?.value.text else { throw wrong(name, "must be a text that is not empty") }
    return text
  }

  func word(_ name: String, _ words: [String]) throws(StackError) -> String {
    let text = try text(name)
    guard words.contains(text) else { throw wrong(name, "is '\(text)', not \(words.joined(separator: " or "))") }
    return text
  }

  func ofFunctions<Value>(
    _ name: String, _ read: (OutputValue) -> Value?
  ) throws(StackError) -> [AWSDeployment.Function: Value] {
    var values: [AWSDeployment.Function: Value] = [:]
    for function in AWSDeployment.Function.allCases {
      guard let value = outputs[name]?.value[function.rawValue].flatMap(read) else {
        throw wrong(name, "has nothing fit for the function \(function.rawValue)")
      }
      values[function] = value
    }
    return values
  }

  private func wrong(_ name: String, _ what: String) -> StackError {
    StackError(
      .configuration, "\(source): the output \(name) \(what)",
      hint: "make the file anew: stack/aws/deploy.sh outputs --json > outputs.json")
  }
}
