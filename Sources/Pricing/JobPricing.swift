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

  /// What a platform says of itself is not believed without bounds, beyond which sums would not fit.
  package init(
    execution: InvocationUsage, submissions: Int = 1, polls: Int, waitedMilliseconds: Int = 0, deliveries: Int = 1
  ) {
    self.execution = InvocationUsage(
      billedMilliseconds: min(execution.billedMilliseconds, 1_000_000_000_000),
      memoryMB: min(execution.memoryMB, 1_000_000_000), ephemeralMB: min(execution.ephemeralMB, 1_000_000_000))
    self.submissions = min(max(1, submissions), 1_000_000)
    self.polls = min(max(0, polls), 1_000_000_000)
    self.waitedMilliseconds = min(max(0, waitedMilliseconds), 1_000_000_000_000)
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
  /// Requests of the dispatcher, and its wait for executors.
  package var dispatcher = Decimal(0)
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
    case dispatcher
    case assumed

    /// The part, for people.
    package var title: String {
      switch self {
      case .executor: "Executor"
      case .apiFunction: "API function"
      case .apiGateway: "API Gateway"
      case .queue: "Queue"
      case .dispatcher: "Dispatcher"
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
    case .dispatcher: dispatcher
    case .assumed: assumed
    }
  }

  /// Everything but `repeats`, which is in the parts.
  package var total: Decimal { executor + apiFunction + apiGateway + queue + dispatcher + assumed }

  package static func += (sum: inout JobCost, one: JobCost) {
    sum.executor += one.executor
    sum.apiFunction += one.apiFunction
    sum.apiGateway += one.apiGateway
    sum.queue += one.queue
    sum.dispatcher += one.dispatcher
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
  /// The dispatcher, while an executor is billed a millisecond, and for its invocation.
  private let dispatchMillisecond: Decimal
  private let dispatch: Decimal
  private let assumed: Decimal
  /// The prices that a job's quantities are multiplied by, for statistics.
  private let rates: JobRates

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
    let dispatcher = profile.dispatcher
    dispatchMillisecond =
      dispatcher.memoryMB / 1_024 / 1_000 * dispatcher.waitShare
      * book.price(.compute(profile.executor.architecture))
    dispatch = dispatcher.memoryMB > 0 ? dispatcher.invocations * book.price(.lambdaRequest) : 0
    assumed = [CostComponent.storage, .status, .logs, .egress, .network, .monitoring, .security].reduce(Decimal(0)) {
      $0 + usage.marginalCost(in: book, of: $1)
    }
    rates = JobRates(
      gigabyteSecond: book.price(.compute(profile.executor.architecture)).double,
      ephemeralSecond: book.price(.ephemeralSecond).double,
      millisecond: dispatchMillisecond.double, delivery: (book.price(.lambdaRequest) + delivery + dispatch).double,
      call: (gatewayCall + functionCall).double,
      waitedMillisecond: functionMillisecond.double, job: (send + assumed).double)
  }

  /// US dollars for calls to the API that led to no job.
  package func refused(calls: Int) -> Decimal { Decimal(max(1, calls)) * (gatewayCall + functionCall) }

  /// What a job costs; deliveries before the last are priced as the last, because nothing tells what they were billed.
  package func cost(of job: JobUsage) -> JobCost { cost(of: JobUsageSums(job)) }

  /// What jobs cost by what they used in all.
  func cost(of sums: JobUsageSums) -> JobCost {
    let (jobs, calls, deliveries) = (Decimal(sums.jobs), Decimal(sums.calls), Decimal(sums.deliveries))
    let (second, ephemeral) = (book.price(.compute(profile.executor.architecture)), book.price(.ephemeralSecond))
    let request = book.price(.lambdaRequest)
    var cost = JobCost()
    cost.executor = sums.gigabyteSeconds * second + sums.ephemeralSeconds * ephemeral + request * deliveries
    cost.apiFunction = functionCall * calls + functionMillisecond * Decimal(sums.waitedMilliseconds)
    cost.apiGateway = gatewayCall * calls
    cost.queue = send * jobs + delivery * deliveries
    cost.dispatcher = dispatchMillisecond * .whole(sums.milliseconds) + dispatch * deliveries
    cost.assumed = assumed * jobs
    cost.repeats =
      sums.repeatedGigabyteSeconds * second + sums.repeatedEphemeralSeconds * ephemeral
      + dispatchMillisecond * .whole(sums.repeatedMilliseconds)
      + (request + delivery + dispatch) * (deliveries - jobs) + (gatewayCall + functionCall)
      * Decimal(sums.resubmissions)
    return cost
  }

  /// Dollars for a job as the nearest number of machine arithmetic, for statistics and never for sums of money.
  package func dollars(of job: JobUsage) -> Double { rates.dollars(of: job) }
}

/// What a job's quantities cost each, in US dollars.
private struct JobRates: Sendable, Hashable {
  var gigabyteSecond: Double
  var ephemeralSecond: Double
  /// A dispatcher's wait for a millisecond of an executor.
  var millisecond: Double
  /// A delivery, from the queue to the executor.
  var delivery: Double
  var call: Double
  var waitedMillisecond: Double
  /// What every job costs.
  var job: Double

  func dollars(of usage: JobUsage) -> Double {
    let execution = usage.execution
    let seconds = Double(execution.billedMilliseconds) / 1_000
    let compute =
      Double(execution.memoryMB) * gigabyteSecond + Double(max(0, execution.ephemeralMB - 512)) * ephemeralSecond
    let waiting = millisecond * Double(execution.billedMilliseconds)
    return (compute / 1_024 * seconds + waiting + delivery) * Double(usage.deliveries)
      + call * Double(usage.submissions + usage.polls) + waitedMillisecond * Double(usage.waitedMilliseconds) + job
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
