import HostSystem

/// Transfers that wait for a connection, in the order in which they came.
struct TransferQueue {
  struct Entry {
    let request: TransferRequest
    let queuedAt: MonotonicInstant
    let deadline: MonotonicInstant
  }

  private var entries: [Entry?] = []
  private var head = 0
  /// Where each tag's entry is.
  private var places: [Int: Int] = [:]

  var count: Int { places.count }

  /// The first that still waits.
  var first: Entry? { head < entries.count ? entries[head] : nil }

  func holds(_ tag: Int) -> Bool { !places.isEmpty && places[tag] != nil }

  mutating func append(_ request: TransferRequest, at now: MonotonicInstant) {
    places[request.tag] = entries.count
    entries.append(
      Entry(request: request, queuedAt: now, deadline: now + Int64(request.timeoutMilliseconds) * 1_000_000))
  }

  mutating func removeFirst() {
    if let entry = first { _ = remove(entry.request.tag) }
  }

  /// Takes a tag's transfer out; false where none of that tag waits.
  mutating func remove(_ tag: Int) -> Bool {
    guard !places.isEmpty, let place = places.removeValue(forKey: tag) else { return false }
    entries[place] = nil
    while head < entries.count, entries[head] == nil { head += 1 }
    if head == entries.count {
      entries.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 1_024, head * 2 > entries.count {
      entries.removeFirst(head)
      for tag in places.keys { places[tag]? -= head }
      head = 0
    }
    return true
  }
}
