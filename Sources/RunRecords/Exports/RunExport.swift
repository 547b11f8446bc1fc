import GRDB

/// A stored run in a format of other tools, made while its jobs are read: memory does not grow with them.
public struct RunExport: Sendable {
  /// The formats.
  public enum Format: String, Sendable, CaseIterable {
    /// Every job, comma-separated (RFC 4180).
    case csv
    /// Every job, one JSON object a line.
    case jsonl
    /// The percentile distribution of a series as HdrHistogram prints it, in milliseconds.
    case hgrm
    /// Counts of jobs and quantiles of series in the text format of Prometheus.
    case prometheus
  }

  private let folder: String
  private let format: Format
  private let series: [Series]
  private let pricing: JobPrices?

  /// Dollars of each job of a run; nil for a job whose cost is not known.
  public typealias JobPrices = @Sendable (RunInfo) -> @Sendable (JobRecord) -> Double?

  /// An export of the run in a folder.
  ///
  /// - Parameters:
  ///   - series: the series of `hgrm` and `prometheus`: one for the first; none stands for e2e and for all.
  ///   - pricing: what `csv` and `jsonl` give as each job's `dollars`; nil leaves them out.
  public init(
    folder: String, format: Format, series: [Series] = [], pricing: JobPrices? = nil
  ) throws(RunStoreError) {
    guard format != .hgrm || series.count <= 1 else {
      throw RunStoreError(
        operation: "export", path: folder, cause: "a .hgrm file holds one series, and \(series.count) were asked for",
        hint: "export each into a file of its own")
    }
    self.folder = folder
    self.format = format
    self.series = series
    self.pricing = pricing
  }

  /// Hands the export on piece by piece; what `write` throws ends it.
  public func write(_ write: (String) throws -> Void) throws {
    let outcome: Result<Void, any Error> = try RunStoreFile.read(folder) { db in
      // An error of the writer's is not one of the store's.
      Result { try export(db, write) }
    }
    do { try outcome.get() } catch let error as DatabaseError { throw RunStoreFile.reading(error, in: folder) }
  }

  private func export(_ db: Database, _ write: (String) throws -> Void) throws {
    switch format {
    case .csv:
      let cost = try pricing.map { $0(try RunInfo.read(in: db)) }
      try write(JobCSV.header(isPriced: cost != nil))
      try JobRow.read(in: db) { job in try write(JobCSV.row(job, cost: cost.map { $0(job) })) }
    case .jsonl:
      let cost = try pricing.map { $0(try RunInfo.read(in: db)) }
      try JobRow.read(in: db) { job in try write(JobJSON.line(job, cost: cost.map { $0(job) })) }
    case .hgrm:
      var distribution = SeriesDistribution(series.first ?? .e2e, of: try RunInfo.read(in: db))
      try JobRow.read(in: db) { distribution.add($0) }
      try write(distribution.text)
    case .prometheus:
      var exposition = PrometheusExposition(try RunInfo.read(in: db), series.isEmpty ? Series.allCases : series)
      try JobRow.read(in: db) { exposition.add($0) }
      try write(exposition.text)
    }
  }
}
