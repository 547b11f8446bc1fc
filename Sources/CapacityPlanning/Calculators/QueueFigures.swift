import Statistics

/// What queueing theory says of arrivals before equal servers.
public struct QueueFigures: Sendable, Codable, Hashable {
  /// Arrivals a second.
  public var rate: Double
  /// Mean seconds of service.
  public var service: Double
  /// Servers.
  public var servers: Int
  /// Squared coefficient of variation of the gaps between arrivals.
  public var ca2: Double
  /// Squared coefficient of variation of service times.
  public var cs2: Double
  /// The share of arrivals that find every server busy, where they then go away.
  public var erlangB: Double
  /// The share of arrivals that wait, where they stay.
  public var erlangC: Double
  /// The share of time that a server is busy.
  public var rho: Double
  /// Mean seconds in the queue.
  public var wq: Double
  /// Mean seconds in queue and service.
  public var w: Double
  /// Mean jobs in the queue.
  public var lq: Double
  /// Seconds in the queue that 95 % of jobs do not exceed.
  public var wq95: Double
  /// Seconds in the queue that 99 % of jobs do not exceed.
  public var wq99: Double

  /// The figures; refuses quantities of no meaning, and a load that the servers cannot carry.
  public init(
    rate: Double, service: Double, servers: Int, ca2: Double = 1, cs2: Double = 1
  ) throws(PlanningRefusal) {
    try Self.check(rate: rate, service: service)
    guard (1...10_000_000).contains(servers) else {
      throw PlanningRefusal("\(servers) servers cannot be computed", hint: "give 1 to 10000000 servers")
    }
    guard ca2 >= 0, cs2 >= 0, ca2.isFinite, cs2.isFinite else {
      throw PlanningRefusal(
        "a squared coefficient of variation is not negative, got ca2 \(ca2) and cs2 \(cs2)",
        hint: "1 is Poisson arrivals or exponential service, 0 is constant")
    }
    let model = QueueModel(
      arrivals: rate, service: 1 / service, servers: servers, arrivalVariability: ca2, serviceVariability: cs2)
    guard rate * service / Double(servers) < 1 else { throw Self.unstable(rate * service, servers) }
    (self.rate, self.service, self.servers, self.ca2, self.cs2) = (rate, service, servers, ca2, cs2)
    erlangB = Erlang.blocking(servers: servers, load: model.load)
    erlangC = model.waiting
    rho = model.utilization
    (wq, w, lq) = (model.meanWait, model.meanResponse, model.meanQueue)
    (wq95, wq99) = (model.waitQuantile(0.95), model.waitQuantile(0.99))
  }

  static func check(rate: Double, service: Double) throws(PlanningRefusal) {
    guard rate > 0, rate.isFinite else {
      throw PlanningRefusal("the rate must be above 0, got \(rate)", hint: "give jobs a second, for example 13.9")
    }
    guard service > 0, service.isFinite else {
      throw PlanningRefusal("the service time must be above 0, got \(service)", hint: "give seconds, for example 2")
    }
  }

  private static func unstable(_ load: Double, _ servers: Int) -> PlanningRefusal {
    let rho = QuantityText.number(load / Double(servers))
    return PlanningRefusal(
      "unstable: the load is \(QuantityText.number(load)) busy servers and there are \(servers) (rho \(rho)), so the queue grows without end",
      hint: "give \(Int(load.rounded(.down)) + 1) servers or more, a lower rate or a shorter service time")
  }
}
