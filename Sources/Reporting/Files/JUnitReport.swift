import Jobs
import RunRecords
import Statistics

/// `junit.xml`: what build servers show as tests.
struct JUnitReport {
  let figures: RunFigures

  private struct Case {
    var name: String
    var seconds = 0.0
    var failure: String?
    var note: String?
  }

  var xml: String {
    let suites = [("thresholds", thresholds), ("expectations", expectations), ("validity", validity)]
    let cases = suites.flatMap(\.1)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(Self.escape("rce-bench \(figures.info.scenario)"))" tests="\(cases.count)" \
      failures="\(cases.count { $0.failure != nil })" time="\(Self.seconds(figures.info.durationSeconds))">
      \(suites.map(suite).joined())</testsuites>

      """
  }

  private var thresholds: [Case] {
    figures.thresholds.map { result in
      Case(
        name: result.text, failure: result.verdict == .passed ? nil : result.sentence,
        note: result.verdict == .passed ? result.sentence : nil)
    }
  }

  private var expectations: [Case] {
    figures.entries.map { entry in
      let bad = entry.outcomes.counts.filter { $0.count > 0 && $0.outcome != .succeeded }
      let reasons = figures.failures.filter { $0.entry == entry.entry }.prefix(3).map { "\($0.count): \($0.reason)" }
      let counts = bad.map { "\($0.count) \($0.outcome.rawValue)" }.joined(separator: ", ")
      return Case(
        name: entry.entry, seconds: Double(entry.totalTime) / 1e9,
        failure: bad.isEmpty
          ? nil : "\(counts) of \(entry.outcomes.count) jobs. \(reasons.joined(separator: "; "))")
    }
  }

  private var validity: [Case] {
    figures.validity.checks.map { check in
      Case(
        name: check.name, failure: check.level == .invalid ? check.sentence : nil,
        note: check.level == .invalid ? nil : "\(check.level.rawValue): \(check.sentence)")
    }
  }

  private func suite(_ name: String, _ cases: [Case]) -> String {
    let body = cases.map { test in
      let attributes =
        "classname=\"\(name)\" name=\"\(Self.escape(test.name))\" time=\"\(Self.seconds(test.seconds))\""
      let failure = test.failure.map { "<failure message=\"\(Self.escape($0))\"/>" } ?? ""
      let note = test.note.map { "<system-out>\(Self.escape($0))</system-out>" } ?? ""
      return "<testcase \(attributes)>\(failure)\(note)</testcase>\n"
    }
    return "<testsuite name=\"\(name)\" tests=\"\(cases.count)\" failures=\"\(cases.count { $0.failure != nil })\">\n"
      + "\(properties)\(body.joined())</testsuite>\n"
  }

  /// What was run, for whoever sees the test cases alone.
  private var properties: String {
    let info = figures.info
    let values = [
      ("run", info.id), ("scenario", info.scenario), ("seed", "\(info.seed)"), ("target", info.target),
      ("verdict", figures.verdict.rawValue), ("validity", figures.validity.verdict.rawValue),
      ("command", info.command.joined(separator: " ")),
    ]
    let lines = values.map { "<property name=\"\($0)\" value=\"\(Self.escape($1))\"/>\n" }
    return "<properties>\n\(lines.joined())</properties>\n"
  }

  private static func seconds(_ value: Double) -> String { QuantityText.fixed(value, decimals: 3) }

  /// Line ends would be read as spaces in an attribute, which is what they become here already.
  private static func escape(_ text: String) -> String {
    String(HTML.escape(text).map { $0 == "\n" || $0 == "\t" ? " " : $0 })
  }
}
