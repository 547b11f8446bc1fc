import FoundationEssentials
import Pricing
import Scenarios
import Statistics

/// What an account and a deployment on AWS allow, as far as they were asked.
public struct PlatformLimits: Sendable, Hashable {
  /// Executions at once of all functions of the account; nil where it could not be asked.
  public var accountConcurrency: Int?
  /// Why not.
  public var notAsked: String?
  /// Executors at once; nil where nothing is reserved for them.
  public var executorConcurrency: Int?
  /// Dispatchers at once; nil is Lambda's own ramp.
  public var dispatchConcurrency: Int?
  /// Calls a second that the API takes; nil where the deployment does not tell.
  public var throttleRate: Int?
  /// Calls at one instant.
  public var throttleBurst: Int?

  /// Limits.
  public init(
    accountConcurrency: Int? = nil, executorConcurrency: Int? = nil, dispatchConcurrency: Int? = nil,
    throttleRate: Int? = nil, throttleBurst: Int? = nil
  ) {
    self.accountConcurrency = accountConcurrency
    self.executorConcurrency = executorConcurrency
    self.dispatchConcurrency = dispatchConcurrency
    self.throttleRate = throttleRate
    self.throttleBurst = throttleBurst
  }
}

/// A plan beside what bounds it on AWS.
public struct PlanCeilings: Sendable {
  /// One limit, and what the plan needs of it at its busiest.
  struct Row: Sendable, Encodable {
    var limit: String
    var unit: String
    /// What is allowed.
    var allowed: Double
    /// Where that is from.
    var source: String
    /// Nil where the plan does not tell.
    var needed: Double?
    /// Whether the plan may need more than that.
    var isLeast = false
    /// Whether more is refused by AWS; otherwise it waits.
    var refuses: Bool

    var isExceeded: Bool { refuses && (needed ?? 0) > allowed }
    var waits: Bool { !refuses && (needed ?? 0) > allowed }
  }

  let rows: [Row]
  private let note: String?

  /// Messages of one invocation of the dispatcher (`stack/aws/modules/dispatch`).
  private static let batch = 10.0

  /// The limits beside a plan.
  public init(_ forecast: PlanForecast, _ limits: PlatformLimits) {
    let need = PlanNeed(forecast)
    func quota(_ id: String) -> Double {
      PriceBook.usEast1.quotas.first { $0.id == id }.map { CostNumber.double($0.value) } ?? .infinity
    }
    let account = limits.accountConcurrency.map(Double.init)
    let dispatchers = limits.dispatchConcurrency.map(Double.init) ?? quota("esm.maximum")
    let dispatchSource = limits.dispatchConcurrency == nil ? "AWS, by default" : "the deployment"
    var rows = [
      Row(
        limit: "executors and dispatchers at once", unit: "environments",
        allowed: account ?? quota("lambda.concurrency"),
        source: account == nil ? "AWS, by default; not asked" : "the account",
        needed: need.inFlight.map { ($0 + ($0 / Self.batch).rounded(.up)).rounded(.up) }, refuses: true)
    ]
    if let reserved = limits.executorConcurrency {
      rows.append(
        Row(
          limit: "executors at once", unit: "environments", allowed: Double(reserved), source: "the deployment",
          needed: need.inFlight?.rounded(.up), refuses: true))
    }
    rows += [
      Row(
        limit: "jobs in dispatch at once", unit: "jobs", allowed: dispatchers * Self.batch, source: dispatchSource,
        needed: need.inFlight?.rounded(.up), refuses: false),
      Row(
        limit: "jobs in dispatch at the start", unit: "jobs", allowed: quota("esm.start") * Self.batch,
        source: "AWS; \(QuantityText.grouped(Int(quota("esm.ramp") * Self.batch))) more a minute",
        needed: need.inFlight?.rounded(.up), refuses: false),
      Row(
        limit: "API calls a second", unit: "calls/s",
        allowed: min(quota("apigateway.rate"), limits.throttleRate.map(Double.init) ?? .infinity),
        source: limits.throttleRate == nil ? "AWS, by default" : "the deployment", needed: need.calls,
        isLeast: need.callsAreLeast,
        refuses: true),
      Row(
        limit: "API calls at one instant", unit: "calls",
        allowed: min(quota("apigateway.burst"), limits.throttleBurst.map(Double.init) ?? .infinity),
        source: limits.throttleBurst == nil ? "AWS, by default" : "the deployment", needed: need.burst, refuses: true),
    ]
    self.rows = rows
    note = limits.notAsked
  }

  /// What the plan needs more of than is allowed, as a phrase; nil where nothing is.
  public var exceeded: String? {
    let phrases = rows.filter(\.isExceeded).map {
      "\(Self.number($0.needed)) \($0.limit) of \(Self.number($0.allowed)) (\($0.source))"
    }
    return phrases.isEmpty ? nil : phrases.joined(separator: ", ")
  }

  /// The limits as a table for a terminal.
  public var text: String {
    let table = TextTable(
      columns: [.text("Ceilings on AWS"), .number("Plan, at its peak"), .number("Allowed"), .text("By"), .text("")],
      rows: rows.map { row in
        [
          row.limit, row.needed.map { (row.isLeast ? "at least " : "") + Self.number($0) } ?? "unknown",
          Self.number(row.allowed), row.source,
          row.isExceeded ? "TOO MUCH" : row.waits ? "the rest waits in the queue" : "",
        ]
      })
    let unknown =
      rows.contains { $0.needed == nil }
      ? ["  unknown: say assume: { e2e: 300ms } in the scenario, or --model RUN"] : []
    let asked = note.map { ["  the account was not asked: \(TerminalText.plain($0))"] } ?? []
    return (table.lines() + unknown + asked).joined(separator: "\n")
  }

  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "any" }
    return value == value.rounded() ? QuantityText.grouped(Int(value)) : QuantityText.number(value)
  }
}

/// What a plan needs at its busiest; nil is unknown.
private struct PlanNeed {
  /// Jobs in flight.
  var inFlight: Double?
  /// Calls to the API a second: submissions and status reads, of which every job has one.
  var calls: Double?
  var callsAreLeast: Bool
  /// Submissions at one instant.
  var burst: Double?

  init(_ forecast: PlanForecast) {
    let loaded = forecast.phases.filter { $0.jobs != 0 }
    inFlight = Self.most(loaded.map(\.peakInFlight))
    calls = Self.most(loaded.map(Self.calls))
    callsAreLeast = loaded.contains { $0.reads == nil }
    burst = loaded.map(Self.burst).max()
  }

  private static func most(_ values: [Double?]) -> Double? {
    let known = values.compactMap(\.self)
    return known.count == values.count ? known.max() ?? 0 : nil
  }

  private static func calls(_ phase: PlanForecast.PhaseForecast) -> Double? {
    let jobs = phase.jobs.map(Double.init)
    let rate =
      phase.planned.phase.load.peakRate
      ?? phase.seconds.flatMap { seconds in jobs.map { $0 / max(seconds, 1e-9) } }
    let reads = phase.reads.flatMap { reads in jobs.map { reads / max($0, 1) } } ?? 1
    return rate.map { ($0 * (1 + max(1, reads))).rounded(.up) }
  }

  private static func burst(_ phase: PlanForecast.PhaseForecast) -> Double {
    switch phase.planned.phase.load {
    case .burst(let count, _, _, _): Double(count)
    case .closed(let concurrency, _, _): Double(concurrency)
    default: 1
    }
  }
}
