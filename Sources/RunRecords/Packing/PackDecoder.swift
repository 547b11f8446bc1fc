/// Reads what a `PackEncoder` wrote, in the same order.
struct PackDecoder {
  private let base: UnsafePointer<UInt8>
  private var position = 8
  private var mask: UInt64 = 0
  private var last: Int64 = 0

  /// A record that starts at `base`, which an encoder wrote whole.
  init(_ base: UnsafePointer<UInt8>) {
    self.base = base
    mask = word(at: 0)
  }

  mutating func flag() -> Bool {
    defer { mask >>= 1 }
    return mask & 1 == 1
  }

  mutating func number() -> Int { Int(get()) }

  mutating func numberIfKnown() -> Int? { flag() ? number() : nil }

  mutating func instant() -> Int64 {
    last = last &+ get()
    return last
  }

  mutating func instantIfKnown() -> Int64? { flag() ? instant() : nil }

  mutating func countInstants(from origin: Int64) { last = origin }

  mutating func realIfKnown() -> Double? {
    guard flag() else { return nil }
    defer { position += 8 }
    return Double(bitPattern: word(at: position))
  }

  mutating func textIfKnown() -> String? {
    guard flag() else { return nil }
    let count = number()
    defer { position += count }
    return String(decoding: UnsafeBufferPointer(start: base + position, count: count), as: UTF8.self)
  }

  mutating func identifierIfKnown() -> String? {
    guard flag() else { return textIfKnown() }
    defer { position += PackedUUID.size }
    return PackedUUID.text(base + position)
  }

  private func word(at place: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self))
  }

  private mutating func get() -> Int64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = base[position]
      position += 1
      value |= UInt64(byte & 127) << shift
      if byte < 128 { break }
      shift += 7
    }
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
