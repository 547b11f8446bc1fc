import Pricing
import RunRecords

extension CostProfile {
  /// What the jobs of a run are priced as: its deployment, or the lean profile where it drove none on AWS.
  static func priced(_ deployment: DeploymentInfo?) -> CostProfile {
    guard let deployment else { return .measured }
    return deployed(
      deployment.profile, on: deployment.architecture == "arm64" ? .arm : .x86,
      behind: deployment.gateway == "rest" ? .rest : .http, executorMB: deployment.memoryMB["executor"] ?? 0,
      apiMB: deployment.memoryMB["api"] ?? 0)
  }
}
