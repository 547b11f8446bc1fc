import Foundation
import Jobs
import Pricing
import RunRecords
import Statistics

/// What the bill of a run on AWS should have, by what was measured of it and, for the rest, by the cost model.
struct RunPrediction {
  private let profile: CostProfile
  private let log: PlatformLog?
  private var jobs = 0
  private var calls = 0
  private var deliveries = 0
  private var polls = 0
  private var executorMBms: Int128 = 0

  init?(_ reading: RunReading) {
    guard let deployment = reading.info.deployment else { return nil }
    profile = .priced(deployment)
    log = reading.info.platformLog
    // Jobs of warm-up phases are on the bill too.
    for job in reading.records { add(job) }
  }

  private mutating func add(_ job: JobRecord) {
    guard job.httpStatus != nil else { return }
    calls += 1 + min(job.retries, 10_000) + job.polls
    guard job.jobId != nil else { return }
    jobs += 1
    polls += job.polls
    let attempts = min(max(1, job.timings?.attempt ?? 1), 1_000)
    deliveries += attempts
    if let billed = job.timings?.billedMs, let memory = job.timings?.memoryMB, billed >= 0, memory >= 0 {
      executorMBms += Int128(billed) * Int128(memory) * Int128(attempts)
    }
  }

  /// Every line that the bill of so many hours should have.
  func usage(hours: Decimal) -> [PredictedUsage] {
    var own = profile
    own.api.polls = jobs == 0 ? 0 : Decimal(polls) / Decimal(jobs)
    own.queue.receives = jobs == 0 ? 1 : Decimal(deliveries) / Decimal(jobs)
    if let dispatches = log?.function("dispatcher")?.invocations, dispatches > 0 {
      own.queue.batch = max(1, Decimal(deliveries) / Decimal(dispatches))
    }
    let month = (try? MonthlyUsage(own, executions: Decimal(max(1, jobs)))) ?? MonthlyUsage(executions: 1)
    var lines: [PriceLine.Item: (quantity: Decimal, isIdle: Bool)] = [:]
    for line in month.lines {
      let sum = lines[line.item] ?? (0, true)
      let each = jobs == 0 ? 0 : line.perExecution * Decimal(jobs)
      lines[line.item] = (sum.quantity + each + line.perMonth * hours / own.hours, sum.isIdle && line.perExecution == 0)
    }
    let measured = measured(month)
    let known = Set(measured.map(\.item))
    return measured
      + lines.filter { !known.contains($0.key) }.map { PredictedUsage($0, $1.quantity, $1.isIdle ? .idle : .assumed) }
      .sorted { ($0.basis.rawValue, $0.item.rawValue) < ($1.basis.rawValue, $1.item.rawValue) }
  }

  /// What REPORT lines and the generator count: compute and requests of functions, calls to the gateway, queries.
  private func measured(_ month: MonthlyUsage) -> [PredictedUsage] {
    let compute = PriceLine.Item.compute(profile.executor.architecture)
    let functions = log?.functions ?? []
    let isTold = ["api", "dispatcher", "executor"].allSatisfy { log?.function($0) != nil }
    let seconds =
      isTold
      ? .gigabyteSeconds(functions.reduce(0) { $0 + Int128($1.billedMBms) }) : declaredSeconds(month, compute)
    let requests = isTold ? functions.reduce(0) { $0 + $1.invocations } : calls + 2 * deliveries
    return [
      PredictedUsage(compute, seconds, isTold ? .measured : .assumed),
      PredictedUsage(.lambdaRequest, Decimal(requests), isTold ? .measured : .assumed),
      PredictedUsage(profile.api.gateway == .http ? .httpRequest : .restRequest, Decimal(calls), .measured),
      PredictedUsage(
        PriceLine.Item(rawValue: "logs.insights.gb"), Decimal(log?.scannedBytes ?? 0) / 1_073_741_824, .measured),
    ].filter { $0.quantity > 0 }
  }

  /// Without the log: the executor as its results declare, the API's function as the model assumes, and no dispatcher.
  private func declaredSeconds(_ month: MonthlyUsage, _ compute: PriceLine.Item) -> Decimal {
    let api = month.lines.filter { $0.component == .apiFunction && $0.item == compute }
      .reduce(Decimal(0)) { $0 + $1.perExecution * Decimal(jobs) }
    return .gigabyteSeconds(executorMBms) + api
  }
}
