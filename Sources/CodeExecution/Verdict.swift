package import Jobs

/// Why a job failed, with the sentence for a person.
package struct Verdict: Sendable, Hashable {
  /// The cause.
  package var errorType: ErrorType
  /// Starts with the cause in words.
  package var sentence: String

  /// A verdict; `opening` takes the place of the cause's usual words.
  init(_ errorType: ErrorType, opening: String? = nil, _ explanation: String) {
    self.errorType = errorType
    sentence = "\(opening ?? errorType.phrase): \(explanation)"
  }
}
