import CZlib
import Foundation
import Statistics

/// A histogram as HdrHistogram tools of every language read it: encoding V2, compressed, base64.
///
/// Source: HdrHistogram's `AbstractHistogram.encodeIntoCompressedByteBuffer`. All numbers are big-endian.
enum HdrEncoding {
  private static let cookie: UInt32 = 0x1c84_9303 | 0x10
  private static let compressedCookie: UInt32 = 0x1c84_9304 | 0x10

  /// The text of a series.
  static func base64(_ histogram: SeriesHistogram) -> String {
    let body = compressed(encoded(histogram.bucketCounts))
    var bytes: [UInt8] = []
    append(compressedCookie, to: &bytes)
    append(UInt32(body.count), to: &bytes)
    return Data(bytes + body).base64EncodedString()
  }

  private static func encoded(_ counts: [UInt32]) -> [UInt8] {
    let payload = payload(counts)
    var bytes: [UInt8] = []
    append(cookie, to: &bytes)
    append(UInt32(payload.count), to: &bytes)
    append(UInt32(0), to: &bytes)  // normalizing index offset
    append(UInt32(3), to: &bytes)  // significant digits
    append(UInt64(1), to: &bytes)  // lowest value that is told from 0
    append(SeriesHistogram.highest, to: &bytes)
    append(Double(1).bitPattern, to: &bytes)  // integer to double conversion ratio
    return bytes + payload
  }

  /// Counts as LEB128 in zigzag form; a negative number stands for that many empty buckets.
  private static func payload(_ counts: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = []
    var empty: Int64 = 0
    for count in counts {
      guard count > 0 else {
        empty += 1
        continue
      }
      if empty > 0 { appendZigzag(-empty, to: &bytes) }
      empty = 0
      appendZigzag(Int64(count), to: &bytes)
    }
    return bytes
  }

  private static func appendZigzag(_ value: Int64, to bytes: inout [UInt8]) {
    var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var size = compressBound(UInt(bytes.count))
    return [UInt8](unsafeUninitializedCapacity: Int(size)) { target, count in
      let code = compress2(target.baseAddress, &size, bytes, UInt(bytes.count), Z_BEST_COMPRESSION)
      precondition(code == Z_OK, "zlib has all the room that it asked for")
      count = Int(size)
    }
  }
}
