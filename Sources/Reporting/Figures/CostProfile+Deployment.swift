import Foundation
import Pricing
import RunRecords

extension CostProfile {
  /// What jobs are priced as: the deployment that they ran on, or a lean one where they ran elsewhere.
  ///
  /// A job does not tell what its dispatcher was billed. The log's sums do, for all of them while the run went on; where
  /// it was not read, each job counts as if it had had a dispatcher of its own, which is the most that it can have cost.
  static func priced(_ deployment: DeploymentInfo?, by log: PlatformLog? = nil) -> CostProfile {
    guard let deployment else { return .measured }
    var profile = deployed(
      deployment.profile, on: deployment.architecture == "arm64" ? .arm : .x86,
      behind: deployment.gateway == "rest" ? .rest : .http, executorMB: deployment.memoryMB["executor"] ?? 0,
      apiMB: deployment.memoryMB["api"] ?? 0, dispatcherMB: deployment.memoryMB["dispatcher"] ?? 0)
    guard let dispatcher = log?.function("dispatcher"), let executor = log?.function("executor"),
      dispatcher.invocations > 0, executor.invocations > 0, executor.billedMs > 0
    else { return profile }
    profile.dispatcher.waitShare = Decimal(dispatcher.billedMs) / Decimal(executor.billedMs)
    profile.dispatcher.invocations = Decimal(dispatcher.invocations) / Decimal(executor.invocations)
    profile.queue.batch = max(1, 1 / profile.dispatcher.invocations)
    return profile
  }
}

extension PlatformLog {
  /// The sums of a function, where the log told them.
  func function(_ name: String) -> Function? { functions.first { $0.name == name } }
}
