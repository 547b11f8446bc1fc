import FoundationEssentials
public import LoadGeneration
import RunRecords

/// A line of `--json-lines` while a run goes on; durations are in milliseconds, and what is not known is left out.
public struct ProgressRecord: Sendable, Encodable {
  private struct Latency: Encodable, Sendable {
    let count: Int
    let p50, p95, p99: Double?

    init(_ reading: LatencyReading) {
      func milliseconds(_ value: Int64?) -> Double? { value.map { Double($0) / 1e6 } }
      count = reading.count
      (p50, p95) = (milliseconds(reading.median), milliseconds(reading.percentile95))
      p99 = milliseconds(reading.percentile99)
    }
  }

  private var version = 1
  private var kind = "progress"
  private let phase: String?
  private let phaseIndex, phases: Int
  private let elapsed: Double
  private let left: Double?
  private let offeredRate, achievedRate: Double
  private let inFlight, scheduled: Int
  private let planned: Int?
  private let outcomes: [String: Int]
  private let e2e, e2eLast10s, queueWait, lateness: Latency
  private let hostIdle: Double?
  private let validity: String?
  private let concerns: [String]?
  private let coldStarts: Int
  private let dollars: Double
  private let dollarLimit: Double?

  private enum CodingKeys: String, CodingKey {
    case version, kind, phase, phases, scheduled, planned, outcomes, dollars, lateness, validity, concerns
    case phaseIndex = "phase_index"
    case elapsed = "elapsed_ms"
    case left = "left_ms"
    case offeredRate = "offered_per_second"
    case achievedRate = "achieved_per_second"
    case inFlight = "in_flight"
    case e2e = "e2e_ms"
    case e2eLast10s = "e2e_last_10s_ms"
    case queueWait = "queue_wait_ms"
    case hostIdle = "host_idle"
    case coldStarts = "cold_starts"
    case dollarLimit = "max_cost_dollars"
  }

  /// The record of a snapshot.
  public init(_ snapshot: ProgressSnapshot) {
    (phase, phaseIndex, phases) = (snapshot.phase, snapshot.phaseIndex, snapshot.phases)
    (elapsed, left) = (Double(snapshot.elapsed) / 1e6, snapshot.left.map { Double($0) / 1e6 })
    (offeredRate, achievedRate) = (snapshot.offeredRate, snapshot.endedRate)
    (inFlight, scheduled, planned) = (snapshot.inFlight, snapshot.scheduled, snapshot.planned)
    outcomes = Dictionary(uniqueKeysWithValues: JobOutcome.allCases.map { ($0.rawValue, snapshot.counts[$0]) })
    (e2e, e2eLast10s) = (Latency(snapshot.endToEnd), Latency(snapshot.recent))
    (queueWait, lateness) = (Latency(snapshot.queueWait), Latency(snapshot.lateness))
    (validity, concerns) = (snapshot.validity?.verdict.rawValue, snapshot.validity?.concerns.map(\.key))
    (hostIdle, coldStarts) = (snapshot.hostIdle, snapshot.coldStarts)
    (dollars, dollarLimit) = (snapshot.dollars, snapshot.dollarLimit)
  }

  /// One line of JSON, without its end.
  public var line: String { JSONLine.text(self) }
}

/// The last line of `--json-lines`; an error in place of a verdict where there is no report.
public struct EndRecord: Sendable, Encodable {
  private var version = 1
  private var kind = "end"
  private let verdict, folder, error: String?
  private let exitCode: Int32

  private enum CodingKeys: String, CodingKey {
    case version, kind, verdict, folder, error
    case exitCode = "exit_code"
  }

  /// The end of a run.
  public init(verdict: String? = nil, folder: String? = nil, error: String? = nil, exitCode: Int32) {
    (self.verdict, self.folder, self.error, self.exitCode) = (verdict, folder, error, exitCode)
  }

  /// One line of JSON, without its end.
  public var line: String { JSONLine.text(self) }
}

private enum JSONLine {
  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return String(decoding: (try? encoder.encode(value)) ?? Data(), as: UTF8.self)
  }
}
