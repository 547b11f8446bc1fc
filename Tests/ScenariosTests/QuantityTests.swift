import Jobs
import Scenarios
import Testing

@Suite("A quantity")
struct QuantityTests {
  @Test(
    "of time has a unit, or several",
    arguments: [
      ("90s", .seconds(90)), ("500ms", .milliseconds(500)), ("2m", .seconds(120)), ("1h30m", .seconds(5_400)),
      ("0.25s", .milliseconds(250)), ("7us", .microseconds(7)), ("0s", .zero),
    ] as [(String, Duration)])
  func durations(text: String, expected: Duration) throws {
    #expect(try Quantity.duration(text) == expected)
  }

  @Test("of time is refused otherwise", arguments: ["", "5", "s", "5 s", "-5s", "5sec", "1.2.3s", "1e3s", "900000h"])
  func notDurations(text: String) {
    #expect(throws: QuantityProblem.self) { try Quantity.duration(text) }
  }

  @Test(
    "of other kinds carries its unit too",
    arguments: [
      (try? Quantity.rate("20/s"), 20), (try? Quantity.rate("300/m"), 5), (try? Quantity.rate("7200/h"), 2),
      (try? Quantity.rate("20"), nil), (try? Quantity.rate("20/d"), nil), (try? Quantity.share("5%"), 0.05),
      (try? Quantity.share("5"), nil), (try? Quantity.share("101%"), nil), (try? Quantity.dollars("$0.5"), 0.5),
      (try? Quantity.dollars("0.5"), nil), ((try? Quantity.bytes("64KiB")).map(Double.init), 65_536),
      ((try? Quantity.bytes("1GB")).map(Double.init), 1e9), ((try? Quantity.bytes("64")).map(Double.init), nil),
    ] as [(Double?, Double?)])
  func others(got: Double?, expected: Double?) {
    #expect(got == expected)
  }

  @Test(
    "of letters between two words counts insertions, deletions, replacements and swaps",
    arguments: [("", "", 0), ("rate", "rate", 0), ("rtae", "rate", 1), ("rat", "rate", 1), ("kitten", "sitting", 3)])
  func distance(first: String, second: String, expected: Int) {
    #expect(editDistance(first, second) == expected && editDistance(second, first) == expected)
  }
}
