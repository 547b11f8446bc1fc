import FoundationEssentials
import Glibc
package import Jobs

/// Why an environment gets no more work, in a kind that is counted and in words for the log.
package struct RetirementReason: Sendable, Hashable {
  package var kind: Retirement
  package var words: String

  package init(_ kind: Retirement, _ words: String) {
    self.kind = kind
    self.words = words
  }
}

/// Which answers cost an environment its place.
package struct RetirementRule: Sendable {
  /// Verdicts that say that a program broke a limit.
  package static let limits: Set<ErrorType> = [.timeout, .memoryLimit, .processLimit, .diskLimit, .outputLimit]

  private let afterLimit: Bool

  package init(afterLimit: Bool) {
    self.afterLimit = afterLimit
  }

  /// What an answer says against its environment; an answer that cannot be read says nothing.
  ///
  /// Most answers have neither member, which is seen without reading them as JSON: a member's name stands between two
  /// quotes, while every quote within a program's output is preceded by a backslash.
  package func reason(in body: [UInt8]) -> RetirementReason? {
    guard Self.contains(body, "environment", "Problem\"") || (afterLimit && Self.contains(body, "error", "Type\"")),
      let result = try? JSONDecoder().decode(ExecutionResult.self, from: Data(body))
    else { return nil }
    if let problem = result.environmentProblem { return RetirementReason(.problem, problem) }
    guard afterLimit, let error = result.details.errorType, Self.limits.contains(error) else { return nil }
    return RetirementReason(.limit, "its program ended with \(error.rawValue)")
  }

  /// Looks for the capital in the middle first, which is rarer than all other letters.
  private static func contains(_ body: [UInt8], _ head: StaticString, _ tail: StaticString) -> Bool {
    body.withUnsafeBytes { body in
      guard let start = body.baseAddress else { return false }
      var next = head.utf8CodeUnitCount
      while next + tail.utf8CodeUnitCount <= body.count,
        let found = memchr(start + next, Int32(tail.utf8Start.pointee), body.count - next - tail.utf8CodeUnitCount + 1)
      {
        let before = found - head.utf8CodeUnitCount
        if memcmp(found, tail.utf8Start, tail.utf8CodeUnitCount) == 0,
          memcmp(before, head.utf8Start, head.utf8CodeUnitCount) == 0
        {
          return true
        }
        next = UnsafeRawPointer(found) - start + 1
      }
      return false
    }
  }
}
