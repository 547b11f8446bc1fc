import Foundation
import Pricing
import RunRecords
import Statistics

/// What a deployment on AWS itself tells of a run: how much of its log was found, and what its functions were billed.
public struct DeploymentFigures: Sendable {
  /// A function, and its bill at list price.
  struct Function: Sendable {
    let sums: PlatformLog.Function
    /// US dollars for compute and requests.
    let dollars: Decimal
  }

  let deployment: DeploymentInfo
  /// Nil where the log was not looked into.
  let log: PlatformLog?
  let functions: [Function]
  /// US dollars for what the queries of the log read.
  let queries: Decimal

  init?(_ info: RunInfo) {
    guard let deployment = info.deployment else { return nil }
    self.deployment = deployment
    log = info.platformLog
    let (book, architecture) = (PriceBook.usEast1, CostProfile.priced(deployment).executor.architecture)
    functions = (info.platformLog?.functions ?? []).map { sums in
      let seconds = Decimal.gigabyteSeconds(Int128(sums.billedMBms))
      return Function(
        sums: sums,
        dollars: seconds * book.price(.compute(architecture)) + Decimal(sums.invocations) * book.price(.lambdaRequest))
    }
    let scanned = Decimal(info.platformLog?.scannedBytes ?? 0) / 1_073_741_824
    queries = scanned * book.price(PriceLine.Item(rawValue: "logs.insights.gb"))
  }

  /// For example `REPORT lines for 998 of 1,000 jobs`.
  var coverage: String {
    guard let log, log.jobs > 0 else { return "no REPORT lines were read" }
    return "REPORT lines for \(QuantityText.grouped(log.found)) of \(EstimateText.count(log.jobs, "job"))"
  }

  /// What the lines say of cold starts; nil without a line.
  var starts: String? {
    guard let log, log.found > 0 else { return nil }
    let ahead =
      log.ahead == 0 ? "" : ", \(QuantityText.grouped(log.ahead)) found one that was initialised ahead of need"
    return "\(QuantityText.grouped(log.cold)) waited for an initialisation\(ahead)"
  }

  /// Where the lines and the results differ, each as a sentence.
  var differences: [String] {
    guard let log, log.found > 0 else { return [] }
    func jobs(_ count: Int) -> String { EstimateText.count(count, "job") }
    return [
      log.billedDiffers == 0
        ? nil
        : "For \(jobs(log.billedDiffers)) the results declared other billed times: the lines bill "
          + "\(QuantityText.grouped(abs(log.billedDifferenceMs))) ms \(log.billedDifferenceMs < 0 ? "less" : "more").",
      log.memoryDiffers == 0
        ? nil
        : "For \(jobs(log.memoryDiffers)) the lines tell another memory than the results or the deployment.",
      log.coldDiffers == 0
        ? nil
        : "For \(jobs(log.coldDiffers)) the results declared otherwise whether the job waited for its environment.",
    ].compactMap(\.self)
  }

  /// The environments that served the run are known: a line names one, and an invocation without its line does not.
  var knowsEnvironments: Bool { log?.isComplete ?? false }

  /// What is missing, as sentences.
  var gaps: [String] {
    var gaps: [String] = []
    if let log, !log.isComplete {
      let reason = log.problem.map { " (\($0))" } ?? ""
      gaps.append(
        "\(log.jobs > 0 ? coverage : "No job named its invocation")\(reason). Billed time and cold starts of the others are what their results declared, "
          + "and their environments are not known; `rce-bench report RUN --read-logs` looks again.")
    } else if log == nil {
      gaps.append("The log of the deployment was not read: billed time and cold starts are what results declared.")
    }
    if let log, log.unnamed > 0 {
      gaps.append(
        "\(EstimateText.count(log.unnamed, "accepted job")) named no invocation, so that nothing of their executions is known."
      )
    }
    if deployment.region != PriceBook.usEast1.region {
      gaps.append(
        "Prices are those of \(PriceBook.usEast1.region); the deployment is in \(deployment.region), where they may differ."
      )
    }
    return gaps
  }
}
