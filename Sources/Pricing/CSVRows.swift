/// The rows of a CSV file (RFC 4180): quotes hold commas, lines and doubled quotes.
struct CSVRows {
  private let bytes: [UInt8]
  private let name: String
  private var place = 0
  private var line = 1

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// The next row that is not empty, with the number of the line that it starts on; nil at the end.
  mutating func next() throws(PricingError) -> (line: Int, fields: [String])? {
    while place < bytes.count, bytes[place] == UInt8(ascii: "\n") || bytes[place] == UInt8(ascii: "\r") { skip() }
    guard place < bytes.count else { return nil }
    let start = line
    var fields: [String] = []
    while true {
      fields.append(try field(start))
      guard place < bytes.count, bytes[place] == UInt8(ascii: ",") else { break }
      place += 1
    }
    return (start, fields)
  }

  private mutating func skip() {
    if bytes[place] == UInt8(ascii: "\n") { line += 1 }
    place += 1
  }

  private mutating func field(_ start: Int) throws(PricingError) -> String {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return plain() }
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      skip()
      guard byte == UInt8(ascii: "\"") else {
        text.append(byte)
        continue
      }
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        return String(decoding: text + Array(plain().utf8), as: UTF8.self)
      }
      text.append(byte)
      place += 1
    }
    throw PricingError("\(name):\(start): a quote is not closed", hint: "the file is cut off or no CSV")
  }

  private mutating func plain() -> String {
    let start = place
    while place < bytes.count, ![UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(bytes[place]) {
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }
}
