import CapacityPlanning

/// What a burst of jobs would take, by formula, with the measured service time; seconds.
struct PlannedBurst: Codable {
  /// Jobs that come at once.
  var jobs: Double
  /// On as many environments as this platform has; absent where nothing tells how many.
  var here: Double?
  /// Behind a standard event source of Lambda.
  var eventSource: Double
  /// The same with a MaximumConcurrency of 50.
  var capped: Double
  /// Behind a provisioned one with two pollers.
  var provisioned: Double

  /// A hundred jobs, a thousand and ten thousand; empty where the platform tells no service time.
  static func all(_ model: CapacityModel) -> [PlannedBurst] {
    guard let service = model.service?.seconds else { return [] }
    func seconds(_ jobs: Double, _ ramp: BurstDrain.Ramp) -> Double? {
      try? BurstDrain(jobs: jobs, service: service, ramp).seconds
    }
    return [100.0, 1_000, 10_000].compactMap { jobs in
      guard let standard = seconds(jobs, .standard()), let capped = seconds(jobs, .standard(cap: 50)),
        let provisioned = seconds(jobs, .provisioned(pollers: 2))
      else { return nil }
      return PlannedBurst(
        jobs: jobs, here: model.environments.flatMap { seconds(jobs, .fixed(Double($0))) }, eventSource: standard,
        capped: capped, provisioned: provisioned)
    }
  }
}
