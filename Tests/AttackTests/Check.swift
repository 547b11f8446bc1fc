import Jobs

/// What a result must show beside its verdict.
enum Check: Sendable {
  /// Standard output is a line `PASS name` for each of these, in order, and nothing else.
  case probes([String])
  /// Standard output is exactly this.
  case output([UInt8])
  /// Standard output is an environment of nothing but the names that a program is given.
  case environment
  /// Standard output begins like this.
  case begins(String)
  /// The sentence of the verdict holds this.
  case says(String)
  /// This signal ended the program.
  case signal(Int)
  /// Output was cut at the cap, and no byte of it is missing.
  case truncated
  /// No output of program or compiler holds this.
  case silent(String)
  /// CPU milliseconds at most; a noisy machine may miss it, but not each time.
  case cpu(upTo: Double)
  /// Wall-clock milliseconds at most; as above.
  case wall(upTo: Double)
  /// Bytes of the compiler's messages at most.
  case messages(upTo: Int)

  /// Whether a busy neighbour can make it fail.
  var isMeasured: Bool {
    switch self {
    case .cpu, .wall: true
    default: false
    }
  }

  /// What is wrong; nil where nothing is.
  func problem(in result: ExecutionResult, of attack: Attack, on backend: AttackedBackend) -> String? {
    let details = result.details
    let text = String(decoding: details.stdout.bytes, as: UTF8.self)
    let isRight: Bool
    switch self {
    case .probes(let names): return Self.missing(names, in: text, of: attack, on: backend)
    case .output(let bytes): isRight = details.stdout.bytes == bytes
    case .environment: isRight = Self.names(text).subtracting(Self.variables).isEmpty && !text.isEmpty
    case .begins(let prefix): isRight = text.hasPrefix(prefix)
    case .says(let words): isRight = result.error?.contains(words) ?? false
    case .signal(let number): isRight = details.signal == number
    case .truncated:
      isRight =
        details.truncated && details.stdout.bytes.count + details.stderr.bytes.count == attack.limits.outputBytes
    case .silent(let words): isRight = !Outputs.texts(of: result).contains { $0.contains(words) }
    case .cpu(let most): isRight = details.cpuTimeMs <= most
    case .wall(let most): isRight = details.wallTimeMs <= most
    case .messages(let most): isRight = details.compileOutput?.bytes.count ?? 0 <= most
    }
    guard !isRight else { return nil }
    let figures = "cpu \(details.cpuTimeMs) ms, wall \(details.wallTimeMs) ms, signal \(details.signal ?? 0)"
    return "\(self)".prefix(200) + " fails: \(text.prefix(300)) \(result.error ?? "") (\(figures))"
  }

  /// PWD is bubblewrap's own.
  private static let variables: Set<Substring> = ["PATH", "HOME", "LANG", "PWD"]

  private static func names(_ text: String) -> Set<Substring> {
    Set(text.split(separator: "\n").compactMap { $0.split(separator: "=").first })
  }

  private static func missing(
    _ names: [String], in text: String, of attack: Attack, on backend: AttackedBackend
  ) -> String? {
    let lines = text.split(separator: "\n").map(String.init)
    let allowed = names.map { name in
      KnownDifference.reason(backend, attack.folder, name) == nil ? ["PASS \(name)"] : ["PASS \(name)", "FAIL \(name)"]
    }
    let wrong = lines.enumerated().filter { index, line in
      index >= allowed.count || !allowed[index].contains { line == $0 || line.hasPrefix($0 + ":") }
    }
    if !wrong.isEmpty {
      return wrong.map { "line \($0.offset + 1): \($0.element.prefix(300))" }.joined(separator: "; ")
    }
    return lines.count == names.count ? nil : "\(lines.count) of \(names.count) probes, last: \(lines.last ?? "none")"
  }
}
