import CapacityPlanning
import Statistics

/// What a figure of the plan would be if one of its assumptions were wrong.
struct CapacitySensitivity: Codable {
  /// The assumption with how far it was moved.
  var name: String
  /// The figure with the assumption lower, as it is, and higher.
  var low: Double
  var base: Double
  var high: Double

  /// Monthly dollars, the widest swing first.
  static func dollars(_ plan: CapacityPlan) -> [CapacitySensitivity] {
    guard let service = plan.model.service, let base = plan.money?.month("", plan.volume)?.dollars, base > 0 else {
      return []
    }
    func month(billed: Double = 1, memory: Double = 1, polls: Double = 1, volume: Double = 1) -> Double {
      let changed = service.scaled(billed: billed, memory: memory, polls: polls)
      return CapacityMoney(changed)?.month("", plan.volume * volume)?.dollars ?? base
    }
    return [
      .init(name: "Volume, half to twice", low: month(volume: 0.5), base: base, high: month(volume: 2)),
      .init(name: "Billed time, 25 % less to more", low: month(billed: 0.75), base: base, high: month(billed: 1.25)),
      .init(name: "Memory, half to twice", low: month(memory: 0.5), base: base, high: month(memory: 2)),
      .init(name: "Status reads, half to twice", low: month(polls: 0.5), base: base, high: month(polls: 2)),
    ].sorted { $0.high - $0.low > $1.high - $1.low }
  }

  /// Environments at the peak, the widest swing first.
  static func environments(_ plan: CapacityPlan) -> [CapacitySensitivity] {
    guard let service = plan.model.service else { return [] }
    func servers(_ peak: Double = 1, _ seconds: Double = 1, _ wait: Double = 1, _ variability: Double = 1) -> Double {
      let count = QueueModel.servers(
        arrivals: plan.demand.peakRate * peak, service: 1 / (service.seconds * seconds), wait: plan.wait.seconds * wait,
        at: plan.wait.probability, arrivalVariability: variability, serviceVariability: service.variability)
      return Double(count ?? 0)
    }
    let base = servers()
    return [
      .init(name: "Peak over mean, half to twice", low: servers(0.5), base: base, high: servers(2)),
      .init(name: "Service time, 25 % less to more", low: servers(1, 0.75), base: base, high: servers(1, 1.25)),
      .init(name: "Allowed wait, twice to half", low: servers(1, 1, 2), base: base, high: servers(1, 1, 0.5)),
      .init(name: "Variability of arrivals, 1 to 1.44", low: base, base: base, high: servers(1, 1, 1, 1.44)),
    ].sorted { $0.high - $0.low > $1.high - $1.low }
  }
}
