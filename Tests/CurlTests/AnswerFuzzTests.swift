import Curl
import TestServices
import Testing

@Suite("Whatever a server sends")
struct AnswerFuzzTests {
  private let inputs = FuzzInputs.count
  private static let seeds = AnswerReaderTests.cases.map { Array($0.text.utf8) }

  private static let tokens = [
    "\r\n", "\n", "\r", "\r\n\r\n", "HTTP/1.1 200 OK\r\n", "Content-Length: ", "Content-Length: 3\r\n",
    "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "0\r\n\r\n", "fffffffffffffff\r\n", "\0", ":", " ", "\t",
    "99999999999999999999", "-1", "Location: /\r\n", "1\r\nx\r\n", "\u{ff}",
  ].map { Array($0.utf8) }

  private static func mutate(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0...3, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0..<9, using: &random)))
      case 1: bytes.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: place)
      case 2: bytes.insert(contentsOf: seeds.randomElement(using: &random) ?? [], at: place)
      default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      }
    }
    return bytes
  }

  @Test("is read to an end, the same in one piece and in many, and never beyond the limit")
  func answers() {
    var random = SplitMix(state: 20_261_128)
    var whole = 0
    for number in 0..<inputs {
      let bytes = Self.mutate(Self.seeds[number % Self.seeds.count], &random)
      let expectation = AnswerReader.Expectation(
        bodyLimit: 16, watched: ["retry-after"], followsRedirects: number % 2 == 0, isHead: number % 16 == 0)
      let once = AnswerReaderTests.read(bytes, pieces: max(bytes.count, 1), expectation)
      let pieces = Int.random(in: 1...9, using: &random)
      let often = AnswerReaderTests.read(bytes, pieces: pieces, expectation)
      #expect(once == often, "\(String(decoding: bytes, as: UTF8.self)) in pieces of \(pieces)")
      if once.contains(" open") { whole += 1 }
    }
    // Inputs of which none is read would prove nothing.
    #expect(whole > inputs / 20)
  }
}
