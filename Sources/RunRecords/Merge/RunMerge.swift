/// The shards of one run, joined as if one generator had sent all of them.
///
/// Every instant of a shard is moved to the time line of the shard that began first: by the platform's clock where each
/// shard knows its difference from it, and otherwise by the machines' own clocks. Nothing else of a record changes, and
/// histograms and windows are counted from the records, so that they are those of one run bit for bit.
public struct RunMerge {
  /// The merged run as a whole, without an id of its own.
  public private(set) var info: RunInfo
  /// Each shard's run, and where its time line begins on the merged one, in nanoseconds.
  let parts: [(reading: RunReading, start: Int64)]

  /// Joins runs that are the shards of one.
  ///
  /// - Throws: where they are not of the same scenario, seed and target, or where a shard is missing or there twice.
  public init(_ readings: [RunReading]) throws(RunStoreError) {
    let ordered = try Self.complete(readings)
    let line = SharedTimeLine(ordered.map(\.info))
    parts = zip(ordered, line.starts).map { ($0, $1) }
    info = ordered[line.first].info
    info.join(ordered.map(\.info), line)
  }

  /// The whole run, as if it had been read.
  public var reading: RunReading {
    let packed = parts.map { reading, start in
      var part = JobPacks.Part()
      reading.records.forEach { part.append($0.moved(by: start)) }
      return part
    }
    return RunReading(info: info, records: JobRecords(packed: packed), samples: samples)
  }

  /// How the generators did together, second by second.
  public var samples: [ValiditySample] { ValiditySample.merged(parts.map { ($0.reading.samples, $0.start) }) }

  /// Writes the merged run under an id into a folder of its own.
  public func write(to folder: String, id: String, command: [String]) throws(RunStoreError) {
    var info = info
    (info.id, info.command) = (id, command)
    let writer = try RunWriter(creating: folder, info: info)
    for (reading, start) in parts {
      var batch: [JobRecord] = []
      for record in reading.records {
        batch.append(record.moved(by: start))
        guard batch.count == Self.batchSize else { continue }
        try writer.append(batch)
        batch.removeAll(keepingCapacity: true)
      }
      try writer.append(batch)
    }
    try writer.finish(info, samples: samples)
  }

  private static let batchSize = 4_096

  /// The shards by number, once it is sure that they are all of one run.
  private static func complete(_ readings: [RunReading]) throws(RunStoreError) -> [RunReading] {
    var byNumber: [Int: RunReading] = [:]
    for reading in readings {
      let info = reading.info
      guard let shard = info.shard else {
        throw refusal(info, "it is no shard", "merge runs that were made with --shard")
      }
      if let other = byNumber.updateValue(reading, forKey: shard.number) {
        throw refusal(info, "it is shard \(shard), and so is \(other.info.id)", "give each shard once")
      }
      if let difference = difference(of: info, from: readings[0].info) {
        throw refusal(info, "its \(difference) is not that of \(readings[0].info.id)", "merge shards of one run only")
      }
    }
    guard let count = readings.first?.info.shard?.count else {
      throw RunStoreError(operation: "merge", path: "nothing", cause: "no run was given", hint: "give every shard")
    }
    let missing = (1...count).filter { byNumber[$0] == nil }.map { "\($0)/\(count)" }
    guard missing.isEmpty else {
      throw RunStoreError(
        operation: "merge", path: readings[0].info.scenario,
        cause: "shard \(missing.joined(separator: ", ")) is missing",
        hint: "a part of the load would be left out: give every shard")
    }
    return (1...count).compactMap { byNumber[$0] }
  }

  private static func difference(of info: RunInfo, from other: RunInfo) -> String? {
    if info.shard?.count != other.shard?.count { return "number of shards" }
    if info.effectiveScenario != other.effectiveScenario { return "scenario" }
    if info.seed != other.seed { return "seed" }
    if info.submissions != other.submissions { return "set of programs" }
    return info.target == other.target ? nil : "target"
  }

  private static func refusal(_ info: RunInfo, _ cause: String, _ hint: String) -> RunStoreError {
    RunStoreError(operation: "merge", path: info.id, cause: cause, hint: hint)
  }
}
