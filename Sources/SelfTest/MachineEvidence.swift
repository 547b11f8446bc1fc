package import RunRecords
import Statistics

/// How busy the machine was with other things while a case ran, from the run's validity samples.
public struct MachineEvidence: Codable, Sendable, Hashable {
  /// Mean share of idle time, 0 to 1; nil where the system does not tell.
  public var hostIdle: Double?
  /// Mean share of time that the hypervisor took, 0 to 1.
  public var steal: Double?
  /// Mean share of time that a loop of the generator stood ready without a processor, 0 to 1.
  public var runQueueDelay: Double?
  /// The largest lateness of a 10 ms ticker, in nanoseconds.
  public var tickerLateness: Int64

  /// The means of samples.
  package init(_ samples: [ValiditySample]) {
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    hostIdle = mean(samples.compactMap(\.hostIdle))
    steal = mean(samples.compactMap(\.steal))
    runQueueDelay = mean(samples.compactMap { $0.loops.map(\.waitingShare).max() })
    tickerLateness = samples.compactMap(\.tickerLateness).max() ?? 0
  }

  /// Beyond the limits at which a run's own checks would call it suspect.
  public var isBusy: Bool {
    (hostIdle ?? 1) < 0.2 || (steal ?? 0) > 0.005 || (runQueueDelay ?? 0) > 0.01
      || tickerLateness > ValiditySample.stallLimit
  }

  /// For example `host idle 12 %, steal 3.1 %, run-queue delay 5.0 %, a 10 ms ticker late by 140 ms`.
  public var text: String {
    let shares = [("host idle", hostIdle), ("steal", steal), ("run-queue delay", runQueueDelay)]
    let known = shares.compactMap { name, share in
      share.map { "\(name) \(QuantityText.percent($0))" }
    }
    return
      (known + [
        "a 10 ms ticker late by \(QuantityText.duration(nanoseconds: tickerLateness)) at most"
      ])
      .joined(separator: ", ")
  }
}
