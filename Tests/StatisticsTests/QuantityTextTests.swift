import Statistics
import Testing

@Suite struct QuantityTextTests {
  @Test(
    "durations have one unit and three digits",
    arguments: [
      (0, "0 ms"), (950, "950 ns"), (38_240, "38.2 µs"), (999_600, "1.00 ms"), (412_400_000, "412 ms"),
      (999_700_000, "1.00 s"), (1_840_000_000, "1.84 s"), (59_960_000_000, "60.0 s"), (125_000_000_000, "2 min 5 s"),
      (3_600_000_000_000, "1 h"), (-2_500_000, "-2.50 ms"),
    ] as [(Int64, String)])
  func durations(nanoseconds: Int64, text: String) {
    #expect(QuantityText.duration(nanoseconds: nanoseconds) == text)
  }

  @Test(
    "percent never rounds to all or nothing",
    arguments: [
      (0, "0 %"), (1, "100 %"), (0.99997, "99.99 %"), (0.9925, "99.3 %"), (0.5, "50 %"), (0.01234, "1.2 %"),
      (0.005, "0.5 %"), (0.0996, "10 %"),
      (0.000345, "0.034 %"),
    ] as [(Double, String)])
  func percents(share: Double, text: String) {
    #expect(QuantityText.percent(share) == text)
  }

  @Test(
    "numbers are grouped", arguments: [(12_345, "12,345"), (-1_000, "-1,000"), (7, "7"), (1_234_567, "1,234,567")])
  func grouped(value: Int, text: String) {
    #expect(QuantityText.grouped(value) == text)
  }

  @Test("bytes are binary", arguments: [(512, "512 B"), (536_870_912, "512 MiB"), (1_610_612_736, "1.50 GiB")])
  func bytes(count: Int, text: String) {
    #expect(QuantityText.bytes(count) == text)
  }
}
