import Jobs
public import RunRecords

/// What one job takes of a platform, measured while the platform kept up.
public struct ServiceDemand: Sendable, Hashable {
  /// Mean seconds that an environment is busy with a job.
  public let seconds: Double
  /// Squared coefficient of variation of these seconds.
  public let variability: Double
  /// Mean milliseconds billed; nil where the platform does not tell.
  public private(set) var billedMilliseconds: Double?
  /// Mebibytes that environments are configured with; nil where the platform does not tell.
  public private(set) var memoryMB: Double?
  /// Mean status reads a job.
  public private(set) var polls: Double
  /// Jobs that the figures come from.
  public let jobs: Int
  /// The most environments that were seen in one run; nil where the platform does not name them.
  public let environments: Int?

  /// The demand over the recorded jobs of runs; nil where no platform tells when a job was handed over and done.
  public init?(_ readings: [RunReading]) {
    var (busy, billed, memory, polls) = ([Double](), [Double](), [Double](), 0)
    var environments = 0
    for reading in readings {
      var names: Set<String> = []
      for job in reading.recorded {
        guard let timings = job.timings else { continue }
        if let name = timings.environmentId { names.insert(name) }
        guard let start = timings.s2, let end = timings.s6 ?? timings.s5, end >= start else { continue }
        busy.append(Double(end - start) / 1e6)
        polls += job.polls
        if let value = timings.billedMs { billed.append(Double(value)) }
        if let value = timings.memoryMB { memory.append(Double(value)) }
      }
      environments = max(environments, names.count)
    }
    guard !busy.isEmpty, let mean = Self.mean(busy), mean > 0 else { return nil }
    seconds = mean
    variability = busy.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(busy.count) / (mean * mean)
    billedMilliseconds = Self.mean(billed)
    memoryMB = Self.mean(memory)
    self.polls = Double(polls) / Double(busy.count)
    jobs = busy.count
    self.environments = environments > 0 ? environments : nil
  }

  /// The same demand with some of its figures so many times as large.
  public func scaled(billed: Double = 1, memory: Double = 1, polls: Double = 1) -> ServiceDemand {
    var scaled = self
    scaled.billedMilliseconds = billedMilliseconds.map { $0 * billed }
    scaled.memoryMB = memoryMB.map { $0 * memory }
    scaled.polls *= polls
    return scaled
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
