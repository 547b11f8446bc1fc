import Glibc

/// A queue before c equal servers: M/M/c, and G/G/c in the approximation of Allen and Cunneen.
///
///     Wq = C / (c mu - lambda),   P(Wq > t) = C exp(-(c mu - lambda) t)
///
/// With the squared coefficients of variation of gaps and service times the mean wait is multiplied by (Ca^2 + Cs^2) / 2, which is
/// exact for M/G/1 (Pollaczek and Khinchine) and an approximation elsewhere (Allen 1990, section 5.3). The distribution of the wait
/// is scaled alike, so its quantiles are approximations of an approximation: check them by a run.
public struct QueueModel: Sendable, Hashable {
  /// Arrivals a second.
  public let arrivals: Double
  /// Jobs that one busy server finishes a second.
  public let service: Double
  /// Servers.
  public let servers: Int
  /// Squared coefficient of variation of the gaps between arrivals; 1 for Poisson.
  public let arrivalVariability: Double
  /// Squared coefficient of variation of service times; 1 for exponential, 0 for constant.
  public let serviceVariability: Double

  /// A queue; traps where a rate is not above 0 or a variability is negative.
  public init(
    arrivals: Double, service: Double, servers: Int, arrivalVariability: Double = 1, serviceVariability: Double = 1
  ) {
    precondition(arrivals > 0 && service > 0 && servers > 0, "rates and servers are above 0")
    precondition(arrivalVariability >= 0 && serviceVariability >= 0, "a variability is not negative")
    self.arrivals = arrivals
    self.service = service
    self.servers = servers
    self.arrivalVariability = arrivalVariability
    self.serviceVariability = serviceVariability
  }

  /// Mean busy servers that the arrivals need.
  public var load: Double { arrivals / service }
  /// Share of time that a server is busy; at 1 and above the queue grows without end.
  public var utilization: Double { load / Double(servers) }
  /// Whether the servers can keep up.
  public var isStable: Bool { utilization < 1 }
  /// The share of jobs that wait.
  public var waiting: Double { Erlang.waiting(servers: servers, load: load) }

  private var variability: Double { (arrivalVariability + serviceVariability) / 2 }
  private var spare: Double { Double(servers) * service - arrivals }

  /// Mean seconds in the queue; infinite where the servers cannot keep up.
  public var meanWait: Double { isStable ? variability * waiting / spare : .infinity }
  /// Mean seconds in queue and service.
  public var meanResponse: Double { meanWait + 1 / service }
  /// Mean jobs in the queue.
  public var meanQueue: Double { arrivals * meanWait }

  /// Seconds in the queue that a share `probability` of the jobs does not exceed; 0 where so many do not wait at all.
  public func waitQuantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile is between 0 and 1, got \(probability)")
    guard isStable else { return .infinity }
    let waiting = waiting
    return waiting > 1 - probability ? variability * log(waiting / (1 - probability)) / spare : 0
  }

  /// Servers by the rule of the square root, a + beta sqrt(a), rounded up: where a search for the exact number starts, and how
  /// spare servers grow with load (Halfin and Whitt 1981).
  public static func squareRootStaffing(load: Double, beta: Double) -> Int {
    precondition(load >= 0 && beta >= 0, "load and beta are not negative")
    return Int((load + beta * load.squareRoot()).rounded(.up))
  }

  /// The fewest servers with which the quantile of the wait stays within `seconds`; nil where `most` are too few.
  ///
  /// The search goes up from the load in steps of its square root, as the square-root staffing rule has it (Halfin and Whitt
  /// 1981), and ends by bisection.
  public static func servers(
    arrivals: Double, service: Double, wait seconds: Double, at probability: Double, arrivalVariability: Double = 1,
    serviceVariability: Double = 1, most: Int = 1_000_000
  ) -> Int? {
    func fits(_ servers: Int) -> Bool {
      QueueModel(
        arrivals: arrivals, service: service, servers: servers, arrivalVariability: arrivalVariability,
        serviceVariability: serviceVariability
      ).waitQuantile(probability) <= seconds
    }
    let load = arrivals / service
    var low = max(1, Int(load))
    guard low <= most else { return nil }
    if fits(low) { return low }
    var step = max(1, Int(load.squareRoot()))
    while low + step <= most, !fits(low + step) {
      low += step
      step *= 2
    }
    var high = min(low + step, most)
    guard fits(high) else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if fits(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
