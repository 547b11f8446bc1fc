import Foundation
import FoundationXML

/// A text of a picture with the rectangle that it takes at most.
struct DrawnText {
  var text: String
  var minX: Double
  var maxX: Double
  var baseline: Double

  var top: Double { baseline - 9.5 }
  var bottom: Double { baseline + 3 }

  func overlaps(_ other: DrawnText) -> Bool {
    minX < other.maxX && other.minX < maxX && top < other.bottom && other.top < bottom
  }
}

/// Collects the texts of an SVG picture, and fails where it is not well-formed XML.
final class PictureReader: NSObject, XMLParserDelegate {
  private(set) var texts: [DrawnText] = []
  private(set) var width = 0.0
  private(set) var height = 0.0
  private(set) var elements: Set<String> = []
  private var open: (x: Double, y: Double, anchor: String, classes: String)?
  private var collected = ""

  static func read(_ svg: String) -> PictureReader? {
    let reader = PictureReader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    return parser.parse() ? reader : nil
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.insert(name)
    if name == "svg" {
      let box = (attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
      (width, height) = (box[2], box[3])
    }
    guard name == "text" else { return }
    collected = ""
    open = (
      Double(attributes["x"] ?? "") ?? .nan, Double(attributes["y"] ?? "") ?? .nan,
      attributes["text-anchor"] ?? "start", attributes["class"] ?? ""
    )
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { collected += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    guard name == "text", let open else { return }
    // The mean width of a character in the usual system fonts, at 12 px.
    let width = Double(collected.count) * (open.classes.contains("strong") ? 6.6 : 6.2)
    let left = open.anchor == "start" ? open.x : open.anchor == "end" ? open.x - width : open.x - width / 2
    texts.append(DrawnText(text: collected, minX: left, maxX: left + width, baseline: open.y))
    self.open = nil
  }
}
