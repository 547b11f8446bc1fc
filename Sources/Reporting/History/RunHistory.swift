import RunRecords
public import Statistics

/// The runs of a folder by scenario and time, with the changes that are more than chance.
public struct RunHistory: Sendable {
  /// A change of a figure.
  public struct Change: Sendable, Hashable {
    /// Which figure.
    public let figure: HistoryFigure
    /// The first run after the change.
    public let runID: String
    /// Its size and chance.
    public let change: ChangePoints.Change
  }

  /// The runs of one scenario.
  public struct Group: Sendable {
    /// The scenario's name.
    public let scenario: String
    /// Its runs, oldest first.
    public let entries: [HistoryEntry]
    /// Changes, by figure.
    public let changes: [Change]
  }

  /// A folder that could not be read.
  public struct Skipped: Codable, Sendable, Hashable {
    /// The folder.
    public let folder: String
    /// Why.
    public let reason: String

    /// A folder and why it could not be read.
    public init(folder: String, reason: String) {
      self.folder = folder
      self.reason = reason
    }
  }

  /// Scenarios by name.
  public let groups: [Group]
  /// What was left out.
  public let skipped: [Skipped]

  /// The most runs of a scenario in which changes are looked for: the newest.
  private static let mostRuns = 200

  /// The history of runs that were read, in any order.
  public init(_ entries: [HistoryEntry], skipped: [Skipped] = []) {
    self.skipped = skipped
    groups = Dictionary(grouping: entries, by: \.info.scenario).map { scenario, entries in
      let sorted = entries.sorted { ($0.info.startedAt, $0.info.id) < ($1.info.startedAt, $1.info.id) }
      return Group(
        scenario: scenario, entries: sorted, changes: HistoryFigure.allCases.flatMap { Self.changes($0, sorted) })
    }.sorted { $0.scenario < $1.scenario }
  }

  /// Reads the runs of a folder one after the other; what cannot be read is noted and left out.
  ///
  /// `isWanted` decides by the run's scenario.
  public init(folder: String, isWanted: (String) -> Bool = { _ in true }) {
    var entries: [HistoryEntry] = []
    var skipped: [Skipped] = []
    for run in RunLocation.runs(in: folder) {
      do throws(RunStoreError) {
        let reading = try RunReading(folder: run)
        if isWanted(reading.info.scenario) { entries.append(HistoryEntry(reading)) }
      } catch { skipped.append(Skipped(folder: run, reason: error.cause)) }
    }
    self.init(entries, skipped: skipped)
  }

  private static func changes(_ figure: HistoryFigure, _ entries: [HistoryEntry]) -> [Change] {
    let known = entries.filter { $0.counts && $0.values[figure] != nil }.suffix(mostRuns)
    return ChangePoints.find(in: known.compactMap { $0.values[figure] }).map { change in
      Change(figure: figure, runID: known[known.startIndex + change.index].info.id, change: change)
    }
  }
}

extension RunHistory.Change {
  /// How much the level moved, as a share of the level before; nil where that is 0.
  public var share: Double? { change.before == 0 ? nil : (change.after - change.before) / abs(change.before) }

  /// `e2e p50 from 412 ms to 460 ms (+11.7 %, p = 0.0020)`.
  var text: String {
    let size = share.map { "\(ShiftText.share($0)), " } ?? ""
    return "\(figure.title) from \(figure.text(change.before)) to \(figure.text(change.after)) "
      + "(\(size)\(ShiftText.chance(change.pValue)))"
  }
}
