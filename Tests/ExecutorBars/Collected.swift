import BarReporting

/// Samples that a contestant's turn yields beside its time.
final class Collected {
  private(set) var samples: [Double] = []

  func add(_ sample: Double) { samples.append(sample) }

  var median: Double { quantile(0.5, of: samples) }
  var least: Double { samples.min() ?? .nan }
}
