import Jobs

/// All that a job gives back, as one place where a secret could show.
enum Outputs {
  /// Each output as text.
  static func texts(of result: ExecutionResult) -> [String] {
    let captured = [result.details.stdout, result.details.stderr, result.details.compileOutput ?? CapturedOutput()]
    return captured.map { String(decoding: $0.bytes, as: UTF8.self) } + [result.error ?? ""]
  }
}
