import Foundation
import RunRecords
import Statistics

/// A history for tools; figures in the units that their keys say, absent where a run does not support them.
struct HistorySummary: Codable {
  var schemaVersion = 1
  var scenarios: [Scenario]
  var skipped: [RunHistory.Skipped]

  struct Scenario: Codable {
    var name: String
    var runs: [Run]
    var changes: [Change]
  }

  struct Run: Codable {
    var id: String
    var startedAt: Int64
    var validity: ValidityVerdict
    var result: RunVerdict
    var partial: Bool
    var jobs: Int
    var figures: [String: Double]
  }

  struct Change: Codable {
    var figure: String
    var run: String
    var before: Double
    var after: Double
    var pValue: Double
  }

  init(_ history: RunHistory) {
    skipped = history.skipped
    scenarios = history.groups.map { group in
      Scenario(
        name: group.scenario,
        runs: group.entries.map { entry in
          Run(
            id: entry.info.id, startedAt: entry.info.startedAt, validity: entry.validity, result: entry.verdict,
            partial: entry.info.partial, jobs: entry.jobs,
            figures: Dictionary(uniqueKeysWithValues: entry.values.map { ($0.key.rawValue, $0.value) }))
        },
        changes: group.changes.map {
          Change(
            figure: $0.figure.rawValue, run: $0.runID, before: $0.change.before, after: $0.change.after,
            pValue: $0.change.pValue)
        })
    }
  }

  var json: String { JSONText.sorted(self) }
}
