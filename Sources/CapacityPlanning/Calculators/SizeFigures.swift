import Statistics

/// How many servers keep the wait within a bound.
public struct SizeFigures: Sendable, Codable, Hashable {
  /// Arrivals a second.
  public var rate: Double
  /// Mean seconds of service.
  public var service: Double
  /// Seconds in the queue that 99 % of jobs may not exceed.
  public var waitP99: Double
  /// The fewest servers.
  public var servers: Int
  /// The share of time that each of them is busy.
  public var rho: Double
  /// Seconds in the queue that 99 % of jobs do not exceed with so many servers.
  public var wq99: Double
  /// How many square roots of the load the servers are above it: (c - a) / sqrt(a).
  public var beta: Double

  /// The exact number, by search; refuses quantities of no meaning.
  public init(
    rate: Double, service: Double, waitP99: Double, ca2: Double = 1, cs2: Double = 1
  ) throws(PlanningRefusal) {
    try QueueFigures.check(rate: rate, service: service)
    guard waitP99 >= 0, waitP99.isFinite else {
      throw PlanningRefusal("the wait must not be negative, got \(waitP99)", hint: "give seconds, for example 1")
    }
    guard ca2 >= 0, cs2 >= 0, ca2.isFinite, cs2.isFinite else {
      throw PlanningRefusal(
        "a squared coefficient of variation is not negative, got ca2 \(ca2) and cs2 \(cs2)",
        hint: "1 is Poisson arrivals or exponential service, 0 is constant")
    }
    guard rate * service <= 1e6,
      let servers = QueueModel.servers(
        arrivals: rate, service: 1 / service, wait: waitP99, at: 0.99, arrivalVariability: ca2, serviceVariability: cs2)
    else {
      throw PlanningRefusal(
        "more than a million servers would be needed",
        hint: "give a lower rate, a shorter service time or a longer wait")
    }
    let model = QueueModel(
      arrivals: rate, service: 1 / service, servers: servers, arrivalVariability: ca2, serviceVariability: cs2)
    (self.rate, self.service, self.waitP99, self.servers) = (rate, service, waitP99, servers)
    (rho, wq99) = (model.utilization, model.waitQuantile(0.99))
    beta = (Double(servers) - model.load) / model.load.squareRoot()
  }
}
