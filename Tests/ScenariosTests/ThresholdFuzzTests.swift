import Scenarios
import TestServices
import Testing

/// Conditions that are nearly right: made from words of the language, then damaged.
private struct ThresholdTexts {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  private static let words = [
    "p50", "p99.99", "p.5", "p100", "mean", "min", "max", "stddev", "rate", "count", "per_second", "throughput",
    "goodput", "cost_per_execution", "e2e", "queue_wait", "succeeded", "cold", "phase", "language", "start", "outcome",
    "window", "a", "python", "1s", "10s", "1h30m", "0.000000001s", "31622399s999999999ns", "99.9%", "0.00001%", "7",
    "999999999999999", "20/s", "7/h", "$0.0001", "$123456789.12345", "99999999999999999999h", "é", "\u{202e}", "\0",
  ]
  private static let signs = [
    "(", ")", "{", "}", "=", ",", "<", "<=", ">", ">=", "==", "!=", " ", "  ", "\t", "\n", "",
  ]
  private static let limits = ["1.5s", "250ms", "99.95%", "0.1%", "12", "1/s", "100/m", "$0.00002", "33ns"]

  mutating func next() -> String {
    var parts = Bool.random(using: &random) ? sentence() : []
    for _ in 0..<Int.random(in: 0...(parts.isEmpty ? 14 : 2), using: &random) {
      let place = Int.random(in: 0...parts.count, using: &random)
      if Bool.random(using: &random), place < parts.count {
        parts.remove(at: place)
      } else {
        parts.insert(any(), at: place)
      }
    }
    return parts.joined()
  }

  /// Usually a condition that is right: an aggregate, a subject and a limit that belong together.
  private mutating func sentence() -> [String] {
    let filters =
      Bool.random(using: &random) ? ["{", pick(["phase", "language", "entry", "start"]), "=", "a", "}"] : []
    let kinds: [([String], [String], [String])] = [
      (["p50", "p99.99", "mean", "min", "max", "stddev"], ["e2e", "queue_wait", "run"], ["1.5s", "250ms", "33ns"]),
      (["rate"], ["succeeded", "cold", "lost"], ["99.95%", "0.1%"]), (["count"], ["failed", "dropped"], ["0", "12"]),
    ]
    let (aggregates, subjects, limits) = kinds[Int.random(in: 0..<kinds.count, using: &random)]
    let limit = Int.random(in: 0..<4, using: &random) == 0 ? pick(Self.limits) : pick(limits)
    return [pick(aggregates), "(", pick(subjects), ")"] + filters + [pick(["<", ">", ">=", "!="]), " ", limit]
  }

  private mutating func any() -> String { Bool.random(using: &random) ? pick(Self.words) : pick(Self.signs) }

  private mutating func pick(_ list: [String]) -> String { list[Int.random(in: 0..<list.count, using: &random)] }
}

@Suite("The reader of thresholds")
struct ThresholdFuzzTests {
  @Test("survives whatever is written, points into the text, and reads its own text as the same condition")
  func fuzz() throws {
    var texts = ThresholdTexts(seed: 20_261_127)
    var accepted = 0
    for _ in 0..<60_000 {
      let text = texts.next()
      do {
        let threshold = try Threshold(parsing: text)
        accepted += 1
        var again = try Threshold(parsing: threshold.description)
        #expect(again.description == threshold.description)
        again.text = threshold.text
        #expect(again == threshold, "\(text) became \(threshold.description)")
      } catch {
        let isInside = (0...text.count).contains(error.offset)
        #expect(isInside && !error.what.isEmpty && !error.hint.isEmpty, "\(text): \(error)")
      }
    }
    #expect(accepted > 3_000)
  }
}
