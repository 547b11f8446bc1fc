import AWSServices
import Reporting
import StackControl

extension PlatformLimits {
  /// What the deployment limits itself to, and the account's concurrency where it can be asked for.
  init(of deployment: AWSDeployment) {
    self.init(
      executorConcurrency: deployment.executorConcurrency, dispatchConcurrency: deployment.dispatchConcurrency,
      throttleRate: deployment.throttleRate, throttleBurst: deployment.throttleBurst)
    do throws(AWSError) {
      accountConcurrency = try DeploymentClients(region: deployment.region).account().concurrency
    } catch {
      notAsked = error.description
    }
  }
}
