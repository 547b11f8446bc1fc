import Glibc
import HostSystem
import RunRecords
import Scenarios
import StackControl

/// Where a run's load goes: a URL that was given, a deployment on AWS, or a private local stack that lives as long as the
/// run.
struct RunPlace: Sendable {
  /// The base URL.
  let url: String
  /// The deployment on AWS; nil where it is none.
  let deployment: DeploymentInfo?
  private let stack: LocalStack?

  /// Takes the URL, or starts a stack in a folder of its own and waits until it is ready, unless that is not wanted any
  /// more.
  ///
  /// - Parameter deployment: what the target `aws` is.
  init(
    _ place: TargetPlace, on deployment: AWSDeployment? = nil, concurrency: Int, _ rules: HostRules,
    unless isCancelled: @escaping @Sendable () -> Bool
  ) throws(StackError) {
    switch place {
    case .url(let url):
      self.url = url
      (self.deployment, stack) = (nil, nil)
    case .aws:
      guard let deployment else { throw StackError(.configuration, "the deployment on AWS is not known") }
      url = deployment.apiURL
      self.deployment = DeploymentInfo(deployment)
      stack = nil
    case .local:
      self.deployment = nil
      var configuration = StackConfiguration(directory: try StackFolder.temporary().path, isTemporary: true)
      configuration.concurrency = concurrency
      configuration.rules = rules
      Console.error("starting a local stack with \(concurrency) environments at most ...")
      let stack = try LocalStack(configuration, unless: isCancelled) { Console.error("stack: \($0)") }
      guard let state = stack.state else { throw StackError(.failed, "the local stack ended before it was used") }
      url = state.url
      self.stack = stack
    }
  }

  /// Calls back when the stack ends by itself, which leaves the run without a target.
  func watch(_ lost: @escaping @Sendable (StackError) -> Void) throws(SystemCallError) {
    guard let stack else { return }
    _ = try NativeThread(named: "stack-watch") {
      do throws(StackError) { try stack.waitForEnd() } catch { lost(error) }
    }
  }

  /// What the phases of a plan do to a private stack; nil where there is nothing to do, or no stack to do it to.
  func faults(_ phases: [Phase], note: @escaping @Sendable (String) -> Void) -> StackFaults? {
    stack.flatMap { StackFaults(phases, $0, note: note) }
  }

  /// Takes a private stack down; a given target is left as it is.
  func leave() { stack?.stop() }
}

extension DeploymentInfo {
  /// What is stored of a deployment with the runs that drive it.
  init(_ deployment: AWSDeployment) {
    func byName<Value>(_ values: [AWSDeployment.Function: Value]) -> [String: Value] {
      Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
    }
    self.init(
      name: deployment.name, region: deployment.region, environment: deployment.environment,
      profile: deployment.profile, architecture: deployment.architecture, gateway: deployment.gateway,
      memoryMB: byName(deployment.memoryMB), logGroups: byName(deployment.logGroups))
  }
}
