import GRDB

/// One value that was measured of the generator's own machine while a run went on.
public struct RunSample: Sendable, Hashable {
  /// Nanoseconds since the run's start.
  public var at: Int64
  /// What was measured, for example `host_idle`; one of a small set.
  public var name: String
  /// The value, in the unit that its name stands for.
  public var value: Double

  /// A value.
  public init(at: Int64, name: String, value: Double) {
    self.at = at
    self.name = name
    self.value = value
  }

  static func write(_ samples: some Sequence<RunSample>, _ names: inout NameTable, in db: Database) throws {
    var row = RowStatement(try db.cachedStatement(sql: "INSERT INTO sample (at, name, value) VALUES (?, ?, ?)"))
    for sample in samples where sample.value.isFinite {
      row.begin()
      row.bind(sample.at)
      row.bind(try names.number(of: sample.name, in: db))
      row.bind(sample.value)
      try row.execute(in: db)
    }
  }

  static func read(in db: Database) throws -> [RunSample] {
    let names = try NameReader(db)
    var row = RowStatement(try db.makeStatement(sql: "SELECT at, name, value FROM sample ORDER BY rowid"))
    var samples: [RunSample] = []
    while try row.next(in: db) {
      let at = row.integer()
      let name = try names.text(row.integer(), "name") ?? ""
      samples.append(RunSample(at: at, name: name, value: row.real()))
    }
    return samples
  }
}
