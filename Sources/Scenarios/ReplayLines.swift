import FoundationEssentials

/// The lines of a recorded trace: `offset,entry` (CSV), or `{"offset": ..., "entry": ...}` (JSON lines).
///
/// An offset is seconds as a bare number, or a duration with its unit. Empty lines, lines that start with `#` and a
/// CSV header are passed over.
struct ReplayLines {
  /// A job of the trace.
  struct Arrival {
    /// Nanoseconds from the trace's start.
    var offset: Int64
    /// Position in the mix.
    var entry: Int
  }

  private struct Line: Decodable {
    var offset: Offset
    var entry: String
  }

  private enum Offset: Decodable {
    case seconds(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let seconds = try? container.decode(Double.self) {
        self = .seconds(seconds)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  /// What is wrong with the file; reading ends after ten problems.
  private(set) var problems: [ScenarioProblem] = []
  private let file: String
  private let names: [String]
  private let mix: [String: Int]
  private var last: Int64 = 0
  private var line = 0

  init(file: String, mix: [String]) {
    self.file = file
    names = mix
    self.mix = Dictionary(zip(mix, mix.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The arrivals in order.
  mutating func read(_ text: String) -> [Arrival] {
    var arrivals: [Arrival] = []
    for bytes in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      let content = Self.trimmed(Substring(bytes))
      if content.isEmpty || content.first == "#" { continue }
      if let arrival = arrival(content, isFirst: arrivals.isEmpty && problems.isEmpty) { arrivals.append(arrival) }
      if problems.count >= 10 { break }
      if arrivals.count > ArrivalsReader.mostJobs / 10 {
        note("the trace has more than \(ArrivalsReader.mostJobs / 10) arrivals", hint: "take a part of it")
        break
      }
    }
    return arrivals
  }

  private mutating func arrival(_ content: Substring, isFirst: Bool) -> Arrival? {
    guard let (offset, name) = content.first == "{" ? json(content) : csv(content, isFirst: isFirst) else { return nil }
    guard offset >= last else {
      note(
        "the offset \(Self.seconds(offset)) is before the one above it, \(Self.seconds(last))",
        hint: "sort the file: sort -n -t, -k1,1")
      return nil
    }
    last = offset
    guard let entry = mix[name] else {
      note(
        "there is no entry '\(name)' in the mix",
        hint: suggestion(for: name, among: names) ?? "there is \(names.joined(separator: ", "))")
      return nil
    }
    return Arrival(offset: offset, entry: entry)
  }

  private mutating func csv(_ content: Substring, isFirst: Bool) -> (Int64, String)? {
    let parts = content.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
    if isFirst, parts.first == "offset" { return nil }
    guard parts.count == 2 else {
      note("a line has an offset and an entry, this one has \(parts.count) fields", hint: "for example 1.25,py-hello")
      return nil
    }
    guard let offset = offset(parts[0]) else { return nil }
    return (offset, String(parts[1]))
  }

  private mutating func json(_ content: Substring) -> (Int64, String)? {
    guard let line = try? JSONDecoder().decode(Line.self, from: Data(content.utf8)) else {
      note("is not an arrival in JSON", hint: #"for example {"offset": 1.25, "entry": "py-hello"}"#)
      return nil
    }
    switch line.offset {
    case .text(let text): return offset(text[...]).map { ($0, line.entry) }
    case .seconds(let seconds):
      guard seconds >= 0, seconds <= Self.longest else {
        note("the offset \(seconds) is not from 0 to a year", hint: "offsets count seconds from the trace's start")
        return nil
      }
      return (Int64((seconds * 1e9).rounded()), line.entry)
    }
  }

  private mutating func offset(_ text: Substring) -> Int64? {
    if let seconds = Quantity.plainNumber(text), seconds <= Self.longest { return Int64((seconds * 1e9).rounded()) }
    if let time = try? Quantity.duration(String(text)) { return time.inNanoseconds }
    note(
      "'\(text.prefix(40))' is not an offset", hint: "write seconds from the trace's start, from 0 to a year, or 250ms")
    return nil
  }

  private static let longest = 366 * 86_400.0

  private static func seconds(_ nanoseconds: Int64) -> String { "\(Double(nanoseconds) / 1e9) s" }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
    while let last = text.last, last == " " || last == "\t" || last.isNewline { text.removeLast() }
    return text
  }

  private mutating func note(_ what: String, hint: String?) {
    problems.append(ScenarioProblem(place: .file(file, line: line, column: 1), what: what, hint: hint))
  }
}
