import HostSystem

/// What executors report from their own threads, each sentence once.
final class Problems: Sendable {
  private let sentences = Lock<[String]>([])

  func add(_ sentence: String) {
    sentences.withLock { if !$0.contains(sentence) { $0.append(sentence) } }
  }

  /// All since the last call.
  func take() -> [String] {
    sentences.withLock { sentences in
      defer { sentences = [] }
      return sentences
    }
  }
}
