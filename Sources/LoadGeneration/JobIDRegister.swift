import HostSystem

/// The ids of jobs in flight over all loops, so that one that two jobs share is found wherever they are.
///
/// Locked by parts, of which an id's hash chooses one: two loops hardly ever meet at the same.
package final class JobIDRegister: Sendable {
  private let parts: [Lock<Set<String>>]

  package init(loops: Int) {
    parts = (0..<(loops == 1 ? 1 : 64)).map { _ in Lock([]) }
  }

  /// Notes an id; false where a job in flight has it already.
  package func insert(_ id: String) -> Bool {
    part(of: id).withLock { $0.insert(id).inserted }
  }

  /// Forgets an id, whose job has ended.
  package func remove(_ id: String) {
    _ = part(of: id).withLock { $0.remove(id) != nil }
  }

  private func part(of id: String) -> Lock<Set<String>> {
    guard parts.count > 1 else { return parts[0] }
    return parts[Int(UInt(bitPattern: id.hashValue) % UInt(parts.count))]
  }
}
