package import RunRecords

/// The loop's end of a record ring: takes every record at once, whether there is room or not.
///
/// What finds the ring full waits here, in order, and follows when there is room: no record is dropped and the loop
/// never waits, at the price of memory for as long as the collector does not keep up.
package struct RecordOutlet {
  private let ring: RecordRing
  private var spilled: [JobRecord] = []
  private var nextSpilled = 0

  package init(_ ring: RecordRing) {
    self.ring = ring
  }

  /// Records that wait for room.
  package var waiting: Int { spilled.count - nextSpilled }

  /// Hands a record over.
  package mutating func write(_ record: JobRecord) {
    if waiting > 0 { flush() }
    if waiting > 0 || !ring.push(record) { spilled.append(record) }
  }

  /// Hands over what waits, as far as there is room.
  package mutating func flush() {
    while nextSpilled < spilled.count, ring.push(spilled[nextSpilled]) { nextSpilled += 1 }
    // What has gone keeps no memory, and is taken out in pieces that make up for moving the rest.
    guard nextSpilled * 2 >= spilled.count, nextSpilled > 0 else { return }
    spilled = Array(spilled[nextSpilled...])
    nextSpilled = 0
  }
}
