package import FoundationEssentials

/// What a platform uses in a month, line by line, before any price.
package struct MonthlyUsage: Sendable, Hashable {
  /// A quantity of one item.
  package struct Line: Sendable, Hashable {
    /// The part of the platform that uses it.
    package var component: CostComponent
    package var item: PriceLine.Item
    /// Units for each execution.
    package var perExecution: Decimal
    /// Units a month, whether or not anything is executed.
    package var perMonth: Decimal

    /// Whether it is paid for in a month without an execution.
    package var isFixed: Bool { perMonth > 0 }
  }

  /// Executions of the month.
  package let executions: Decimal
  package private(set) var lines: [Line] = []

  /// A month in which nothing is used yet.
  package init(executions: Decimal) { self.executions = executions }

  /// What a profile uses with that many executions a month; throws where the number makes no sense.
  package init(_ profile: CostProfile, executions: Decimal) throws(PricingError) {
    guard executions > 0 else {
      throw PricingError(
        "a month of \(executions) executions has no cost per execution",
        hint: "give a volume above 0, for example 10000/month")
    }
    self.init(executions: executions)
    add(profile)
  }

  /// Adds units for each execution; nothing where there are none.
  package mutating func add(_ component: CostComponent, _ item: PriceLine.Item, perExecution: Decimal) {
    guard perExecution > 0 else { return }
    lines.append(Line(component: component, item: item, perExecution: perExecution, perMonth: 0))
  }

  /// Adds units a month; nothing where there are none.
  package mutating func add(_ component: CostComponent, _ item: PriceLine.Item, perMonth: Decimal) {
    guard perMonth > 0 else { return }
    lines.append(Line(component: component, item: item, perExecution: 0, perMonth: perMonth))
  }

  /// Units of a line in this month.
  package func quantity(_ line: Line) -> Decimal { line.perExecution * executions + line.perMonth }

  /// US dollars that one more execution costs at list price, first tier, of all components or of one.
  package func marginalCost(in book: PriceBook, of component: CostComponent? = nil) -> Decimal {
    lines.reduce(Decimal(0)) { sum, line in
      component == nil || line.component == component ? sum + line.perExecution * book.price(line.item) : sum
    }
  }

  /// US dollars a month at list price for what stands idle.
  package func fixedCost(in book: PriceBook) -> Decimal {
    lines.reduce(Decimal(0)) { $0 + book.line($1.item).cost(of: $1.perMonth) }
  }
}

/// The part of a platform that a line of a bill belongs to.
package enum CostComponent: String, Sendable, Hashable, CaseIterable, Codable {
  case executor
  case apiFunction = "api_function"
  case apiGateway = "api_gateway"
  case queue
  case status
  case storage
  case cdn
  case network
  case registry
  case logs
  case egress
  case monitoring
  case security

  /// The part, for people.
  package var title: String {
    switch self {
    case .executor: "Executor"
    case .apiFunction: "API function"
    case .apiGateway: "API Gateway"
    case .queue: "Queue"
    case .status: "Job status"
    case .storage: "Code and console"
    case .cdn: "CloudFront"
    case .network: "Private network"
    case .registry: "Container image"
    case .logs: "Logs"
    case .egress: "Data out"
    case .monitoring: "Monitoring"
    case .security: "Security"
    }
  }
}
