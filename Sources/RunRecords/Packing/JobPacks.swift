/// A run's packed records in the parts in which they were read.
struct JobPacks: Sendable {
  /// Records and the plan position of each.
  struct Part: Sendable {
    private(set) var pack = JobPack()
    private(set) var indices: [UInt32] = []

    mutating func append(_ record: JobRecord) {
      pack.append(record)
      indices.append(UInt32(clamping: record.index))
    }
  }

  /// Behind a reference, so that reading a record counts one owner and not those of all that a pack holds.
  private final class Sealed: Sendable {
    let pack: JobPack

    init(_ pack: JobPack) { self.pack = pack }
  }

  private let packs: [Sealed]
  /// The place that the first record of each part has.
  private let starts: [UInt32]

  init(_ parts: [Part]) {
    packs = parts.map { Sealed($0.pack) }
    var starts: [UInt32] = []
    var count: UInt32 = 0
    for part in parts {
      starts.append(count)
      count += UInt32(part.indices.count)
    }
    self.starts = starts
  }

  /// The record at a place, counted through all parts.
  subscript(place: UInt32) -> JobRecord {
    var part = starts.count - 1
    while starts[part] > place { part -= 1 }
    return packs[part].pack[Int(place - starts[part])]
  }
}
