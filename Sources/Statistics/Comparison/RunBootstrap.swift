/// An interval for any figure of a group of runs, by drawing whole runs anew (Efron and Tibshirani 1993, chapter 13).
///
/// Jobs of one run are alike, so a draw takes a run with all its jobs or not at all. With fewer than five runs the draws are
/// too few to say anything in the tails, and `RunShift` is the better answer.
public enum RunBootstrap {
  /// The percentile interval of `figure` over groups drawn with replacement; nil for fewer than five runs.
  ///
  /// Equal seeds give equal intervals on every machine.
  public static func interval<Run>(
    of runs: [Run], confidence: Double = 0.95, draws: Int = 2_000, seed: UInt64 = 1, _ figure: ([Run]) -> Double
  ) -> ClosedRange<Double>? {
    guard runs.count >= 5, draws >= 100 else { return nil }
    var random = SplitMix64(seed: seed)
    let drawn = (0..<draws).map { _ in figure(runs.map { _ in runs[random.index(below: runs.count)] }) }.sorted()
    let tail = (1 - confidence) / 2
    let lower = drawn[Int(tail * Double(draws))]
    return lower...drawn[draws - 1 - Int(tail * Double(draws))]
  }
}
