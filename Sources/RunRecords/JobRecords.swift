/// The jobs of a run, in plan order.
///
/// It is used like an array of records, and it is one where the records were at hand. Those of a stored run are packed, a
/// record being made when it is asked for: a million take about 130 MB, where an array of them would take 700. A filtered
/// collection shares its records with the whole.
public struct JobRecords: Sendable {
  private enum Storage: Sendable {
    case array([JobRecord])
    case packed(JobPack, positions: [UInt32])
  }

  private var storage: Storage

  /// Records that are at hand.
  public init(_ records: [JobRecord]) { storage = .array(records) }

  /// Records of a pack, by plan position; equal ones as they came.
  init(_ pack: JobPack, indices: [Int]) {
    let positions = (0..<UInt32(indices.count)).sorted {
      (indices[Int($0)], $0) < (indices[Int($1)], $1)
    }
    storage = .packed(pack, positions: positions)
  }

  /// The records that fit, without a copy of them.
  public func filter(_ isIncluded: (JobRecord) throws -> Bool) rethrows -> JobRecords {
    switch storage {
    case .array(let records): return JobRecords(try records.filter(isIncluded))
    case .packed(let pack, let positions):
      var filtered = self
      filtered.storage = .packed(pack, positions: try positions.filter { try isIncluded(pack[Int($0)]) })
      return filtered
    }
  }

  private var array: [JobRecord] {
    get {
      switch storage {
      case .array(let records): records
      case .packed(let pack, let positions): positions.map { pack[Int($0)] }
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
      case .packed(let pack, let positions): pack[Int(positions[position])]
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
