import AWSMeasurement
import AWSServices
import ArgumentParser
import HostSystem
import RunRecords
import Scenarios

/// How a deployment on AWS is found, and its log read.
struct DeploymentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The outputs of the deployment that --target aws drives, as `stack/aws/deploy.sh outputs --json` prints them, instead of asking Terraform in stack/aws.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var outputs: String?

  @OptionGroup var log: LogOptions

  @Flag(help: "Start although the plan needs more than the account's quotas or the deployment's limits allow.")
  var beyondQuotas = false
}

/// How long the log of a deployment is waited for.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long missing REPORT lines of a deployment on AWS are waited for; 0 looks once.", valueName: "seconds"))
  var logsWait = 120

  func validate() throws {
    guard (0...3_600).contains(logsWait) else {
      throw ValidationError("--logs-wait must be from 0 to 3600 seconds, got \(logsWait)")
    }
  }
}

/// The clients of the services that a deployment's measurement asks.
struct DeploymentClients {
  private let region: String
  private let environment = ProcessEnvironment.byName
  private let source: AWSCredentialSource

  init(region: String) {
    self.region = region
    source = AWSCredentialSource(environment: environment)
  }

  /// Refuses before a run what could not be done after it.
  func requireCredentials() throws {
    do throws(AWSError) { _ = try source.current() } catch {
      throw ScenarioRefusal(
        "the REPORT lines of the run could not be read: \(error)",
        hint: "log in to the account, or give --no-logs to run without them; `rce-bench report RUN --read-logs` reads "
          + "them later")
    }
  }

  func insights() throws(AWSError) -> LogsInsights {
    LogsInsights(client("logs"), try AWSEndpoint(service: "logs", region: region, environment: environment))
  }

  func account() throws(AWSError) -> LambdaAccount {
    try LambdaAccount.settings(
      client("lambda"), AWSEndpoint(service: "lambda", region: region, environment: environment))
  }

  private func client(_ service: String) -> AWSClient {
    AWSClient(service: service, region: region, credentials: source)
  }
}

/// The log of the deployment that a stored run drove.
struct DeploymentLog {
  let folder: String
  /// Seconds that missing lines are waited for.
  let wait: Int

  /// Looks for the REPORT lines of the run's jobs that have none yet, and keeps them with the run.
  func read(unless isCancelled: @escaping @Sendable () -> Bool = { false }) throws {
    let reading = try RunReading(folder: folder)
    guard let deployment = reading.info.deployment else {
      throw ScenarioRefusal(
        "run \(reading.info.id) did not drive a deployment on AWS, so there is no log of it",
        hint: "only runs with --target aws have one")
    }
    let clients = DeploymentClients(region: deployment.region)
    let insights = try insights(clients)
    Console.error("reading REPORT lines in \(deployment.region) ...")
    let log = LogReading(
      insights, deployment, pauses: LogReading.pauses(forSeconds: wait), note: { Console.error($0) },
      unless: isCancelled)
    let (match, summary) = log.read(
      try match(reading, deployment), from: reading.info.startedAt,
      to: reading.info.startedAt + Int64(reading.info.durationSeconds * 1_000))
    try InvocationStore(folder: folder).store(match.invocations, summary)
    if let problem = summary.problem { Console.error("REPORT lines: \(problem)") }
  }

  /// Keeps the names of the invocations without looking for their lines, so that this can be done later.
  func postpone(because reason: String) throws {
    let reading = try RunReading(folder: folder)
    guard let deployment = reading.info.deployment, reading.info.platformLog == nil else { return }
    let match = try match(reading, deployment)
    var summary = match.summary
    summary.problem = reason
    try InvocationStore(folder: folder).store(match.invocations, summary)
  }

  private func match(_ reading: RunReading, _ deployment: DeploymentInfo) throws -> InvocationMatch {
    let memory = deployment.memoryMB["executor"]
    guard reading.info.platformLog != nil else { return InvocationMatch(reading.records, memoryMB: memory) }
    return InvocationMatch(try InvocationStore(folder: folder).all(), reading.records, memoryMB: memory)
  }

  private func insights(_ clients: DeploymentClients) throws -> LogsInsights {
    do throws(AWSError) { return try clients.insights() } catch {
      throw ScenarioRefusal("\(error)", hint: "unset it, or set it to the URL of the service")
    }
  }
}
