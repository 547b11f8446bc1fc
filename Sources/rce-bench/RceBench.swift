import ArgumentParser
import CapacityPlanning
import HostSystem
import Jobs
import LoadGeneration
import Pricing
import Reporting
import RunRecords
import Scenarios
import StackControl

/// The command line of `rce-bench`.
@main
struct RceBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rce-bench",
    abstract: "Load-test a remote code execution platform: queue latency, cold starts, cost per execution.",
    discussion: """
      Examples:
        rce-bench run scenarios/smoke.yaml      a local stack, a report
        rce-bench run scenarios/steady.yaml --target http://127.0.0.1:8080
        rce-bench rerun latest                  the same again, with the same seed
        rce-bench merge shards/                 the parts of a run, made with --shard
        rce-bench export latest --format csv    every job, for other tools
        rce-bench cost --executions 10000/month the monthly bill on AWS
        rce-bench stack up --port 8080          the stack for development
        rce-bench capacity scenarios/ramp.yaml  the highest rate that holds

      Exit codes:
        0         done, thresholds met
        2         bad configuration or usage
        3         a threshold failed
        4         regression against the baseline
        5         the run is INVALID as a measurement, or could not be stored, or
                  the self-test failed
        6         the target could not be reached
        7         stopped by an abort threshold, or by max_cost
        130, 143  interrupted; a PARTIAL report was written
      """,
    version: ProductVersion.text,
    subcommands: [
      RunCommand.self, ReportCommand.self, ExportCommand.self, RerunCommand.self, MergeCommand.self,
      CompareCommand.self,
      HistoryCommand.self, CapacityCommand.self, PlanCommand.self, ModelCommand.self, CostCommand.self,
      PricesCommand.self, CheckCommand.self, SchemaCommand.self, SelfTestCommand.self, StackCommand.self,
    ])

  static func main() {
    do {
      _ = try LanguageTable.selected.get()
      var command = try parseAsRoot()
      try command.run()
    } catch {
      finish(error)
    }
  }

  /// Ends the process with the message and the exit code that the error stands for.
  private static func finish(_ error: any Error) -> Never {
    if let code = error as? ExitCode { exit(withError: code) }
    if let code = BenchExit.code(of: error) { die("\(error)", code) }
    let isUsage = exitCode(for: error) == .validationFailure
    guard isUsage else { exit(withError: error) }
    die(fullMessage(for: error), BenchExit.badConfiguration, prefix: "")
  }

  private static func die(_ message: String, _ code: ExitCode, prefix: String = "rce-bench: ") -> Never {
    Console.error(prefix + message)
    exit(withError: code)
  }
}

extension BenchExit {
  /// The exit code for an error that this program knows; nil for one of the command line's.
  static func code(of error: any Error) -> ExitCode? {
    switch error {
    case let error as StackError:
      switch error.kind {
      case .configuration: badConfiguration
      case .cancelled: interrupted
      case .failed, .notRunning: targetUnreachable
      }
    case is TargetError: targetUnreachable
    case is UnstoredRun: invalidRun
    case let error as ComparisonError: error.isInvalidRun ? invalidRun : badConfiguration
    case is ScenarioError, is ScenarioRefusal, is PlanningRefusal, is RunStoreError, is ReportError, is PricingError,
      is SystemCallError, is LanguageTableError:
      badConfiguration
    default: nil
    }
  }
}
