/// The jobs of a run, in plan order.
///
/// It is used like an array of records, and it is one where the records were at hand. Those of a stored run are packed, a
/// record being made when it is asked for: a million take about 130 MB, where an array of them would take 700. A filtered
/// collection shares its records with the whole.
public struct JobRecords: Sendable {
  private enum Storage: Sendable {
    case array([JobRecord])
    case packed(JobPacks, positions: [UInt32])
  }

  private var storage: Storage

  /// Records that are at hand.
  public init(_ records: [JobRecord]) { storage = .array(records) }

  /// Packed records in the parts in which they were read, by plan position; equal ones as they came.
  init(packed parts: [JobPacks.Part]) {
    // An index and a place fit in one word, and words are sorted faster than pairs.
    var keys: [UInt64] = []
    for part in parts {
      for index in part.indices { keys.append(UInt64(index) << 32 | UInt64(keys.count)) }
    }
    keys.sort()
    storage = .packed(JobPacks(parts), positions: keys.map { UInt32(truncatingIfNeeded: $0) })
  }

  /// The records that fit, without a copy of them.
  public func filter(_ isIncluded: (JobRecord) throws -> Bool) rethrows -> JobRecords {
    switch storage {
    case .array(let records): return JobRecords(try records.filter(isIncluded))
    case .packed(let packs, let positions):
      var filtered = self
      filtered.storage = .packed(packs, positions: try positions.filter { try isIncluded(packs[$0]) })
      return filtered
    }
  }

  /// Calls the body with one after the other.
  public func forEach(_ body: (JobRecord) throws -> Void) rethrows {
    switch storage {
    case .array(let records): for record in records { try body(record) }
    case .packed(let packs, let positions): for position in positions { try body(packs[position]) }
    }
  }

  private var array: [JobRecord] {
    get {
      switch storage {
      case .array(let records): records
      case .packed(let packs, let positions): positions.map { packs[$0] }
      }
    }
    set { storage = .array(newValue) }
  }
}

extension JobRecords: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
  /// No records.
  public init() { self.init([]) }

  /// Zero.
  public var startIndex: Int { 0 }

  /// How many there are.
  public var endIndex: Int {
    switch storage {
    case .array(let records): records.count
    case .packed(_, let positions): positions.count
    }
  }

  /// One of them; a change makes an array of all.
  public subscript(position: Int) -> JobRecord {
    get {
      switch storage {
      case .array(let records): records[position]
      case .packed(let packs, let positions): packs[positions[position]]
      }
    }
    set {
      guard case .array(var records) = storage else {
        array[position] = newValue
        return
      }
      // Without this the array would have two owners, and a change of one record copy all.
      storage = .array([])
      records[position] = newValue
      storage = .array(records)
    }
  }

  /// Replaces some; makes an array of all.
  public mutating func replaceSubrange(_ range: Range<Int>, with records: some Collection<JobRecord>) {
    var all = array
    storage = .array([])
    all.replaceSubrange(range, with: records)
    storage = .array(all)
  }
}

extension JobRecords: ExpressibleByArrayLiteral {
  /// The records that are listed.
  public init(arrayLiteral records: JobRecord...) { self.init(records) }
}

extension JobRecords: Equatable {
  /// Whether both hold the same records in the same order.
  public static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}
