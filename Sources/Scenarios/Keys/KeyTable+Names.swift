extension KeyTable {
  /// The name of every key of every mapping that a scenario may have, each once.
  package static var everyKey: Set<String> {
    var names: Set<String> = [include.name]
    scenario.collect(into: &names)
    arrivals.collect(into: &names)
    for process in ArrivalProcess.allCases {
      for kind in PhaseKind.all(of: process) { phase(kind, process)?.collect(into: &names) }
    }
    return names
  }

  private func collect(into names: inout Set<String>) {
    for key in keys {
      names.insert(key.name)
      for table in key.value.tables { table.collect(into: &names) }
    }
  }
}

extension ValueShape {
  /// The mappings that a value may be or hold.
  fileprivate var tables: [KeyTable] {
    switch self {
    case .mapping(let table): [table]
    case .oneOf(let tables): tables
    case .either(let shapes): shapes.flatMap(\.tables)
    case .list(let shape, _), .names(let shape): shape.tables
    default: []
    }
  }
}
