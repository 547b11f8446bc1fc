/// Writes job records as bytes: a mask of what is known, then only that, numbers in as few bytes as they need.
///
/// Every optional field takes the next bit of the mask, so that encoder and decoder agree by asking in the same order.
/// Numbers are LEB128 in zigzag form; an instant is the difference to the one before it, which keeps it at 3 or 4 bytes.
struct PackEncoder {
  private(set) var bytes: [UInt8] = []
  private var start = 0
  private var mask: UInt64 = 0
  private var bit: UInt64 = 1
  private var last: Int64 = 0

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func begin() {
    (start, mask, bit, last) = (bytes.count, 0, 1, 0)
    for _ in 0..<8 { bytes.append(0) }
  }

  mutating func end() {
    for place in 0..<8 { bytes[start + place] = UInt8(truncatingIfNeeded: mask >> UInt64(8 * place)) }
  }

  mutating func flag(_ isSet: Bool) {
    if isSet { mask |= bit }
    bit <<= 1
  }

  mutating func number(_ value: Int) { put(Int64(value)) }

  mutating func number(_ value: Int?) {
    flag(value != nil)
    if let value { put(Int64(value)) }
  }

  mutating func instant(_ value: Int64) {
    put(value &- last)
    last = value
  }

  mutating func instant(_ value: Int64?) {
    flag(value != nil)
    if let value { instant(value) }
  }

  /// The next instant counts from here: the platform's clock has another origin than the generator's.
  mutating func countInstants(from origin: Int64) { last = origin }

  mutating func real(_ value: Double?) {
    flag(value != nil)
    guard let value else { return }
    for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * place))) }
  }

  mutating func text(_ value: String?) {
    flag(value != nil)
    guard let value else { return }
    put(Int64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  /// An id: 16 bytes where it is a UUID as platforms write it, its text otherwise.
  mutating func identifier(_ value: String?) {
    let packed = value.flatMap(PackedUUID.init)
    flag(packed != nil)
    guard let packed else { return text(value) }
    packed.append(to: &bytes)
  }

  private mutating func put(_ value: Int64) {
    var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
