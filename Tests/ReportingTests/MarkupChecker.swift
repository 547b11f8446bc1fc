/// Reads a page as a strict parser would and lists what is wrong: tags out of balance, attributes without quotes, ids that
/// occur twice, and anything that could run or fetch.
struct MarkupChecker {
  private(set) var problems: [String] = []
  private(set) var elements: [String: Int] = [:]
  private(set) var ids: Set<String> = []
  private(set) var links: [String] = []
  private var open: [String] = []

  private static let void: Set<String> = ["meta", "br", "hr", "path", "rect", "circle"]
  private static let forbidden: Set<String> = ["img", "iframe", "link", "object", "embed", "form", "base"]

  init(_ page: String) {
    let characters = Array(page.unicodeScalars)
    var position = 0
    while position < characters.count {
      if open.last == "script" { position = Self.endOfScript(from: position, in: characters) }
      guard position < characters.count, characters[position] == "<" else {
        position += 1
        continue
      }
      guard let end = Self.end(of: position, in: characters) else {
        problems.append("a tag never ends")
        break
      }
      read(String(String.UnicodeScalarView(characters[(position + 1)..<end])))
      position = end + 1
    }
    if !open.isEmpty { problems.append("never closed: \(open)") }
    problems += links.filter { !$0.hasPrefix("#") || !ids.contains(String($0.dropFirst())) }.map { "link to \($0)" }
  }

  /// Where a script's end tag begins: whatever comes before it is no markup.
  private static func endOfScript(from start: Int, in text: [Unicode.Scalar]) -> Int {
    let end = Array("</script".unicodeScalars)
    return text[start...].indices.first { text[$0...].starts(with: end) } ?? text.count
  }

  /// Where a tag's ">" is, quotes skipped.
  private static func end(of start: Int, in text: [Unicode.Scalar]) -> Int? {
    var quoted = false
    for position in start..<text.count {
      if text[position] == "\"" { quoted.toggle() }
      if text[position] == ">", !quoted { return position }
    }
    return nil
  }

  private mutating func read(_ tag: String) {
    if tag.lowercased().hasPrefix("!doctype") { return }
    if tag.hasPrefix("/") {
      let name = String(tag.dropFirst())
      if open.last == name { open.removeLast() } else { problems.append("</\(name)> closes \(open.last ?? "nothing")") }
      return
    }
    let isSelfClosing = tag.hasSuffix("/")
    let name = String(tag.prefix { $0.isLetter || $0.isNumber })
    elements[name, default: 0] += 1
    if name.isEmpty { problems.append("a tag without a name: <\(tag.prefix(20))>") }
    if Self.forbidden.contains(name) { problems.append("<\(name)>") }
    attributes(of: tag, name)
    if !isSelfClosing, !Self.void.contains(name) { open.append(name) }
  }

  private mutating func attributes(of tag: String, _ element: String) {
    let parts = tag.split(separator: "\"", omittingEmptySubsequences: false)
    if parts.count % 2 == 0 { problems.append("quotes out of balance in <\(tag.prefix(40))>") }
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      let name = parts[index].split(separator: " ").last.map(String.init) ?? ""
      let value = String(parts[index + 1])
      if name == "id=", !ids.insert(value).inserted { problems.append("id \(value) occurs twice") }
      if name == "href=" { links.append(value) }
      if name == "src=" || name.hasPrefix("on") { problems.append("\(name) in <\(element)>") }
      if value.contains("url(") { problems.append("url() in <\(element)>") }
    }
  }
}
