import GRDB

/// What came of a threshold, stored beside it for whoever reads the store with SQL; reports count it anew.
public struct ThresholdRow: Sendable, Hashable {
  /// `passed`, `failed` or `not_measurable`.
  public var verdict: String
  /// What was measured, as text; nil where nothing could be.
  public var measured: String?
  /// The finding, as a sentence.
  public var sentence: String

  /// A finding.
  public init(verdict: String, measured: String?, sentence: String) {
    (self.verdict, self.measured, self.sentence) = (verdict, measured, sentence)
  }

  /// Writes the findings of a finished run, in the order of its thresholds.
  public static func store(_ rows: [Self], in folder: String) throws(RunStoreError) {
    try RunStoreFile.change(folder) { db in
      for (position, row) in rows.enumerated() {
        try db.execute(
          sql: "UPDATE threshold SET verdict = ?, measured = ?, sentence = ? WHERE position = ?",
          arguments: [row.verdict, row.measured, row.sentence, position])
      }
    }
  }
}
