import Foundation
import Jobs
import Pricing
import RunRecords
import Statistics

/// `summary.json`: the figures for tools.
///
/// Durations are milliseconds with three decimals, shares are from 0 to 1, money is US dollars. A figure that the data do not
/// support is absent.
struct RunSummary: Codable {
  var schemaVersion = 1
  var run: Run
  var verdict: Verdict
  var outcomes: [String: Int]
  var rates: [Rate]
  var series: [Series]
  var queueBracket: QueueBracket?
  var coldStarts: [ColdStart]
  var decomposition: [Decomposition]
  var cost: Cost
  var thresholds: [Threshold]
  var checks: [ValidityCheck]
  var samples: [Sample]
  var unsupported: [String]
  var environment: RunEnvironment
  var generator: GeneratorHealth?
  /// Absent where the target is no deployment on AWS.
  var deployment: DeploymentInfo?
  /// Absent where the deployment's log was not looked into.
  var platformLog: PlatformLog?

  struct Run: Codable {
    var id: String
    var scenario: String
    var startedAt: Int64
    var durationSeconds: Double
    var target: String
    var seed: UInt64
    var sameMachine: Bool
    var partial: Bool
    var endReason: String?
    var jobs: Int
    var pollsPerJob: Double
    /// Absent where no submission was repeated.
    var submissionsPerJob: Double?
  }

  /// The wait in the queue where only polls tell of it: each figure lies between two.
  struct QueueBracket: Codable {
    var jobs: Int
    var p50Ms: [Double]?
    var p95Ms: [Double]?
    var maxMs: [Double]
  }

  struct Verdict: Codable {
    var result: RunVerdict
    var exitCode: Int32
    var validity: ValidityVerdict
    var thresholdsPassed: Int
    var thresholdsAll: Int
  }

  struct Rate: Codable {
    var scope: String
    var seconds: Double
    var offeredPerSecond: Double?
    var throughputPerSecond: Double
    var goodputPerSecond: Double
  }

  struct Series: Codable {
    var scope: String
    var series: String
    var count: Int
    var censored: Int
    var minMs: Double?
    var meanMs: Double?
    var maxMs: Double?
    var percentiles: [String: Percentile]
  }

  struct Percentile: Codable {
    var ms: Double?
    /// In place of `ms` where the percentile falls on jobs that never finished.
    var moreThanMs: Double?
    var lowerMs: Double?
    var upperMs: Double?
  }

  struct ColdStart: Codable {
    var scope: String
    var jobs: Int
    var waited: Int
    var probability: Double
    var lower: Double
    var upper: Double
  }

  struct Decomposition: Codable {
    var language: String
    var place: String
    var jobs: Int
    var e2eMs: Double
    var partsMs: [String: Double]
  }

  struct Cost: Codable {
    var architecture: String
    var region: String
    var executions: Int
    var unpriced: Int
    var total: Decimal
    var failures: Decimal
    var perExecution: Decimal?
    var perSuccess: Decimal?
    var amortisedPerExecution: Decimal?
    var executionsPerMonth: Int?
    var lower: Decimal?
    var upper: Decimal?
    var profile: String
    var refused: Decimal
    var repeats: Decimal
    var parts: [String: Decimal]?
    var fixedPerMonth: Decimal
    var amortisedAtObservedRate: Decimal?
    var observedPerMonth: Int?
    var run: Decimal
    var languages: [LanguageCost]
    var frontier: [FrontierPoint]
  }

  struct LanguageCost: Codable {
    var language: String
    var executions: Int
    var unpriced: Int
    var total: Decimal
    var failures: Decimal
    var refused: Decimal
    var repeats: Decimal
    var perExecution: Decimal?
    var lower: Decimal?
    var upper: Decimal?
    var perSuccess: Decimal?
    var amortisedPerExecution: Decimal?
    var amortisedAtObservedRate: Decimal?
  }

  struct FrontierPoint: Codable {
    var scope: String
    var p95Ms: Double
    var per1000Correct: Double
    var efficient: Bool
  }

  /// A stretch of the run, at most 120 of which cover it: how the generator and its machine did.
  struct Sample: Codable {
    var second: Int
    var seconds: Int
    var planned: Int
    var sent: Int
    var late: Int
    var latenessMaxMs: Double
    var inFlight: Int
    var loopCPUShare: Double?
    var runQueueDelayShare: Double?
    var hostIdle: Double?
    var steal: Double?
    var tickerLatenessMaxMs: Double?
    var stalledSeconds: Int
  }

  struct Threshold: Codable {
    var text: String
    var verdict: ThresholdResult.Verdict
    /// `fail` or `warn`: what follows where it does not hold.
    var severity: String
    var measured: String?
    var sentence: String
  }

  var json: String { JSONText.sorted(self) }
}
