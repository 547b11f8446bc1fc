package import FoundationEssentials

/// What one job made a platform do, as far as it can be measured from outside.
package struct JobUsage: Sendable, Hashable {
  /// What the platform says it bills for the execution.
  package var execution: InvocationUsage
  /// Submissions, repeated ones counted.
  package var submissions: Int
  /// Status reads.
  package var polls: Int
  /// Milliseconds that status reads waited inside the API function.
  package var waitedMilliseconds: Int
  /// Times that the queue handed the job out.
  package var deliveries: Int

  package init(
    execution: InvocationUsage, submissions: Int = 1, polls: Int, waitedMilliseconds: Int = 0, deliveries: Int = 1
  ) {
    self.execution = execution
    self.submissions = max(1, submissions)
    self.polls = max(0, polls)
    self.waitedMilliseconds = max(0, waitedMilliseconds)
    // What a platform says of itself is not believed without bounds.
    self.deliveries = min(max(1, deliveries), 1_000)
  }
}

/// What one job costs at the margin, in US dollars at list price, by part.
package struct JobCost: Sendable, Hashable {
  /// Compute and requests of the executor, every delivery.
  package var executor = Decimal(0)
  /// Requests, compute and waiting of the API function.
  package var apiFunction = Decimal(0)
  package var apiGateway = Decimal(0)
  package var queue = Decimal(0)
  /// Code store, states, logs and data out, as the profile assumes them.
  package var assumed = Decimal(0)
  /// What of all this went to submissions and deliveries beyond the first.
  package var repeats = Decimal(0)

  package init() {}

  /// A part of a job's cost.
  package enum Part: String, Sendable, Hashable, CaseIterable {
    case executor
    case apiFunction = "api_function"
    case apiGateway = "api_gateway"
    case queue
    case assumed

    /// The part, for people.
    package var title: String {
      switch self {
      case .executor: "Executor"
      case .apiFunction: "API function"
      case .apiGateway: "API Gateway"
      case .queue: "Queue"
      case .assumed: "Code, logs and data out, assumed"
      }
    }
  }

  /// US dollars of a part.
  package subscript(part: Part) -> Decimal {
    switch part {
    case .executor: executor
    case .apiFunction: apiFunction
    case .apiGateway: apiGateway
    case .queue: queue
    case .assumed: assumed
    }
  }

  /// Everything but `repeats`, which is in the parts.
  package var total: Decimal { executor + apiFunction + apiGateway + queue + assumed }

  package static func += (sum: inout JobCost, one: JobCost) {
    sum.executor += one.executor
    sum.apiFunction += one.apiFunction
    sum.apiGateway += one.apiGateway
    sum.queue += one.queue
    sum.assumed += one.assumed
    sum.repeats += one.repeats
  }
}

/// Prices jobs as a profile would be billed for them: what was measured of a job by its quantity, the rest as assumed.
package struct JobPricing: Sendable, Hashable {
  package let profile: CostProfile
  package let book: PriceBook
  /// A call to the API, preflight included.
  private let gatewayCall: Decimal
  private let functionCall: Decimal
  private let functionMillisecond: Decimal
  private let send: Decimal
  private let delivery: Decimal
  private let assumed: Decimal

  package init(_ profile: CostProfile = .measured, in book: PriceBook = .usEast1) {
    self.profile = profile
    self.book = book
    let usage = (try? MonthlyUsage(profile, executions: 1)) ?? MonthlyUsage(executions: 1)
    let calls = 1 + profile.api.polls
    gatewayCall = usage.marginalCost(in: book, of: .apiGateway) / calls
    functionMillisecond =
      profile.api.memoryMB / 1_024 / 1_000 * book.price(.compute(profile.executor.architecture))
    functionCall = profile.api.milliseconds * functionMillisecond + book.price(.lambdaRequest)
    let chunks = max(1, (profile.queue.messageKB / 64).roundedUp)
    send = chunks * book.price(.queueRequest)
    delivery = (chunks + 1) / profile.queue.batch * book.price(.queueRequest)
    assumed = [CostComponent.storage, .status, .logs, .egress, .network, .monitoring, .security].reduce(Decimal(0)) {
      $0 + usage.marginalCost(in: book, of: $1)
    }
  }

  /// US dollars for calls to the API that led to no job.
  package func refused(calls: Int) -> Decimal { Decimal(max(1, calls)) * (gatewayCall + functionCall) }

  /// What a job costs; deliveries before the last are priced as the last, because nothing tells what they were billed.
  package func cost(of job: JobUsage) -> JobCost {
    let execution = job.execution.cost(in: book, on: profile.executor.architecture)
    let (calls, again) = (Decimal(job.submissions + job.polls), Decimal(job.deliveries - 1))
    var cost = JobCost()
    cost.executor = execution * Decimal(job.deliveries)
    cost.apiFunction = functionCall * calls + functionMillisecond * Decimal(job.waitedMilliseconds)
    cost.apiGateway = gatewayCall * calls
    cost.queue = send + delivery * Decimal(job.deliveries)
    cost.assumed = assumed
    cost.repeats = (execution + delivery) * again + (gatewayCall + functionCall) * Decimal(job.submissions - 1)
    return cost
  }
}

extension CostProfile {
  /// What measured runs are priced as: lean, but on the architecture of the machines that they are measured on.
  package static let measured: CostProfile = {
    var profile = lean
    profile.title = "lean, on x86"
    profile.executor.architecture = .x86
    return profile
  }()
}
