import Statistics
import Testing

@Suite struct SeriesMemoryTests {
  @Test("the buckets of a series take at most 256 KiB, whatever it holds, and no more as it fills")
  func buckets() {
    var series = SeriesHistogram()
    series.record(nanoseconds: .max)
    let count = series.bucketCounts.count
    #expect(count * MemoryLayout<UInt32>.stride <= 256 * 1_024)
    for value in 0..<20_000 { series.record(nanoseconds: Int64(value) * Int64(value) * 8_999) }
    #expect(series.bucketCounts.count == count)
  }
}
