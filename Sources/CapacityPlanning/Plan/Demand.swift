/// What is expected of a platform: jobs a month, and how far its busiest time is above the mean.
public struct Demand: Sendable, Hashable {
  /// Jobs a month of 730 hours.
  public let perMonth: Double
  /// The peak rate over the mean rate.
  public let peak: Double

  /// A demand; refuses one of nothing, and a peak below the mean.
  public init(perMonth: Double, peak: Double) throws(PlanningRefusal) {
    guard perMonth > 0, perMonth.isFinite else {
      throw PlanningRefusal(
        "a demand of \(perMonth) jobs needs no capacity", hint: "give one above 0, for example 5M/month")
    }
    guard peak >= 1, peak <= 1e6 else {
      throw PlanningRefusal("the peak is \(peak) times the mean", hint: "a peak is at least the mean, for example 9x")
    }
    self.perMonth = perMonth
    self.peak = peak
  }

  /// A peak as people write it: `9x`, `9`.
  public static func peak(_ text: String) throws(PlanningRefusal) -> Double {
    guard let value = Double(text.hasSuffix("x") ? String(text.dropLast()) : text), value.isFinite else {
      throw PlanningRefusal("'\(text)' is no peak", hint: "give how many times the mean, for example 9x")
    }
    return value
  }

  /// Jobs a second on average.
  public var meanRate: Double { perMonth / (730 * 3_600) }
  /// Jobs a second at the busiest time.
  public var peakRate: Double { meanRate * peak }
}

/// Something that bounds the rate whatever the software does.
public struct Ceiling: Sendable, Hashable, Codable {
  /// What it is.
  public var name: String
  /// How much of it there is.
  public var capacity: Double
  /// How much of it each job takes a second.
  public var demand: Double
  /// The unit of both.
  public var unit: String
  /// It was measured of this platform, and is not a quota of another.
  public var isMeasured: Bool

  /// A ceiling.
  public init(name: String, capacity: Double, demand: Double, unit: String, isMeasured: Bool) {
    self.name = name
    self.capacity = capacity
    self.demand = demand
    self.unit = unit
    self.isMeasured = isMeasured
  }

  /// Jobs a second.
  public var rate: Double { capacity / demand }
}
