package import Statistics

/// The values of the last ten seconds of a run: one histogram a second, used in turn.
package struct RecentSeries: Sendable {
  /// Seconds that are kept.
  package static let length: Int64 = 10

  private var seconds = Array(repeating: (second: Int64.min, values: SeriesHistogram()), count: Int(length))

  package init() {}

  /// Adds a value of an instant in nanoseconds since the run's start.
  package mutating func record(nanoseconds: Int64, at instant: Int64) {
    let second = instant / 1_000_000_000
    let place = Int(second % Self.length)
    guard place >= 0, second >= seconds[place].second else { return }
    if second > seconds[place].second { seconds[place] = (second, SeriesHistogram()) }
    seconds[place].values.record(nanoseconds: nanoseconds)
  }

  /// All values of the ten whole seconds before an instant.
  package func values(before instant: Int64) -> SeriesHistogram {
    let now = instant / 1_000_000_000
    var all = SeriesHistogram()
    for entry in seconds where entry.second < now && entry.second >= now - Self.length { all.merge(entry.values) }
    return all
  }
}
