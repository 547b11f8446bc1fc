import Glibc
import Statistics

/// The highest rate that a platform holds, estimated from levels of load that did not look for it.
///
/// The bracket is measured: the highest level that held and the lowest that did not. Inside it the latency is followed by a
/// curve with two parameters, the time without a queue and a scale of the wait,
///
///     q(lambda) = q0 + k rho^(sqrt(2 (c + 1)) - 1) / (1 - rho),   rho = lambda / ceiling
///
/// whose form is Sakasegawa's (1977) approximation of the wait before c servers. The ceiling is the throughput of a level that
/// was overloaded, else what the environments could do. The answer never leaves the bracket.
public struct RateEstimate: Sendable, Hashable, Codable {
  /// How the rate was found.
  public enum Method: String, Sendable, Hashable, Codable {
    /// The curve meets the objective inside the bracket.
    case curve
    /// The highest level that held; nothing tells more.
    case lastPass = "last_pass"
    /// Every level held, so that the limit is not known: the platform holds at least this.
    case atLeast = "at_least"
  }

  /// Jobs a second.
  public var rate: Double
  /// How it was found.
  public var method: Method
  /// The highest level that held.
  public var lastPass: Double
  /// The lowest level that did not; absent where every level held.
  public var firstFail: Double?
  /// Results a second that the platform cannot exceed; absent where nothing tells.
  public var ceiling: Double?
  /// The curve's time without a queue, in seconds; absent without a curve.
  public var baseSeconds: Double?
  /// The curve's scale of the wait, in seconds; absent without a curve.
  public var waitSeconds: Double?
  /// Servers of the curve's form.
  public var servers: Int

  /// The estimate; nil where no level held.
  public init?(_ levels: [JudgedStep], _ objective: ServiceObjective, servers: Int?, serverCeiling: Double?) {
    let fail = levels.filter { !$0.passed }.map(\.step.rate).min()
    guard let pass = levels.filter({ $0.passed && $0.step.rate < fail ?? .infinity }).map(\.step.rate).max() else {
      return nil
    }
    (lastPass, firstFail) = (pass, fail)
    self.servers = servers ?? 1
    let saturated = levels.filter { !$0.isStable && $0.step.rejected == 0 }.map(\.step.throughput).max()
    ceiling = (saturated ?? serverCeiling).map { max($0, pass) }
    (rate, method) = (pass, fail == nil ? .atLeast : .lastPass)
    guard let ceiling, let latency = objective.latency,
      let curve = Self.curve(levels, latency.probability, ceiling, self.servers)
    else { return }
    (baseSeconds, waitSeconds) = curve
    func seconds(_ rate: Double) -> Double { curve.base + curve.wait * Self.form(rate / ceiling, self.servers) }
    // A curve that is within the objective where a level failed has not seen why it failed, and finds nothing.
    guard let fail, seconds(min(fail, ceiling)) >= latency.seconds else { return }
    rate = Self.crossing(pass, min(fail, ceiling), latency.seconds, seconds)
    method = .curve
  }

  /// The latency that the curve gives a rate, in seconds; nil without a curve and from the ceiling on.
  public func latency(at rate: Double) -> Double? {
    guard let baseSeconds, let waitSeconds, let ceiling, rate < ceiling else { return nil }
    return baseSeconds + waitSeconds * Self.form(rate / ceiling, servers)
  }

  private static func form(_ rho: Double, _ servers: Int) -> Double {
    rho >= 1 ? .infinity : pow(rho, (2 * Double(servers + 1)).squareRoot() - 1) / (1 - rho)
  }

  /// Least squares of relative errors, neither parameter below 0; nil with fewer than two stable levels below the ceiling.
  private static func curve(
    _ levels: [JudgedStep], _ probability: Double, _ ceiling: Double, _ servers: Int
  ) -> (base: Double, wait: Double)? {
    let points = levels.filter { $0.isStable && $0.step.rate < ceiling * 0.999 }.compactMap { level in
      level.step.endToEnd.quantile(probability).exact.map {
        (x: form(level.step.rate / ceiling, servers), y: Double($0) / 1e9)
      }
    }
    guard points.count >= 2 else { return nil }
    var (w, x, y, xx, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for point in points {
      let weight = 1 / max(1e-12, point.y * point.y)
      w += weight
      x += weight * point.x
      y += weight * point.y
      xx += weight * point.x * point.x
      xy += weight * point.x * point.y
    }
    let bottom = w * xx - x * x
    guard bottom > 1e-12 * w * xx else { return nil }
    let wait = max(0, (w * xy - x * y) / bottom)
    let base = (y - wait * x) / w
    return base >= 0 ? (base, wait) : (0, max(0, xy / xx))
  }

  /// Where a rising curve meets a limit between two rates; the nearer end where it does not.
  private static func crossing(
    _ from: Double, _ to: Double, _ limit: Double, _ latency: (Double) -> Double
  ) -> Double {
    var (low, high) = (from, max(from, to))
    if latency(low) >= limit { return low }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if latency(middle) < limit { low = middle } else { high = middle }
    }
    return low
  }
}
