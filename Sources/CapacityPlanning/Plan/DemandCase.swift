import Statistics

/// A demand with the environments that it takes.
public struct DemandCase: Sendable, Hashable, Codable {
  /// What it is called.
  public var name: String
  /// Jobs a month.
  public var perMonth: Double
  /// Jobs a second at the busiest time.
  public var peakRate: Double
  /// Environments that run at once at the peak within the wait; absent where the platform tells no service time.
  public var environments: Int?
  /// The share of time that each of them is busy at the peak.
  public var utilization: Double?
  /// The peak is within the rate that was found; absent where none was.
  public var isHeld: Bool?

  /// Jobs of a contest of 2,000 teams, its peak minute at the median of published contests and at the 90th percentile.
  public static let contestJobs = 2_000 * 13.9
  static let contestPeak = 13.9
  static let contestVariability = 1.44

  /// Today, twice and ten times as much, and a contest.
  public static func all(
    _ demand: Demand, service: ServiceDemand?, waitSeconds: Double, probability: Double, holding rate: Double?
  ) -> [DemandCase] {
    let growth = [("today", 1.0), ("twice", 2), ("ten times", 10)].map { name, times in
      (name, demand.perMonth * times, demand.peakRate * times, 1.0)
    }
    let contest = ("contest, 2,000 teams", contestJobs, contestPeak, contestVariability)
    return (growth + [contest]).map { name, perMonth, peak, variability in
      DemandCase(name, perMonth, peak, variability, service, waitSeconds, probability, rate)
    }
  }

  private init(
    _ name: String, _ perMonth: Double, _ peak: Double, _ arrivalVariability: Double, _ service: ServiceDemand?,
    _ wait: Double, _ probability: Double, _ rate: Double?
  ) {
    (self.name, self.perMonth, peakRate) = (name, perMonth, peak)
    isHeld = rate.map { peak <= $0 }
    guard let service, peak * service.seconds < 1e6 else { return }
    environments = QueueModel.servers(
      arrivals: peak, service: 1 / service.seconds, wait: wait, at: probability, arrivalVariability: arrivalVariability,
      serviceVariability: service.variability)
    utilization = environments.map { peak * service.seconds / Double($0) }
  }
}
