/// The JSON Schema of `summary.json`.
public enum SummarySchema {
  /// The schema, draft 2020-12, of the version that this program writes.
  public static let text = String(decoding: PackageResources.summary_schema_json, as: UTF8.self)
}
