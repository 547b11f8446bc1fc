import Glibc
import RunRecords

extension RunInfo {
  /// A run of which nothing is known.
  static var made: RunInfo {
    RunInfo(
      id: "made", scenario: "made", description: nil, effectiveScenario: "", command: [], seed: 1,
      target: "",
      sameMachine: true, startedAt: 0, phases: [], scheduled: 0,
      environment: RunEnvironment(
        host: "", cpu: "", cores: 1, memoryBytes: 0, kernel: "", system: "", versions: [:]),
      thresholds: [])
  }
}

func naturalLog(_ value: Double) -> Double { log(value) }
