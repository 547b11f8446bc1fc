/// What a live page has to tell and who waits for it, without a socket or a clock.
///
/// A reader asks with the number of the last page that it has; it gets what is newer at once, and otherwise waits for the
/// next thing that happens. Server-sent events (HTML Living Standard, section 9.2) allow an answer to end after one event:
/// the browser asks again, with the event's number, so that no answer has to be written piece by piece.
package struct EventBoard<Reader: Sendable>: Sendable {
  /// An event with the readers that it goes to.
  package struct Delivery: Sendable {
    package let readers: [Reader]
    package let text: String
  }

  private var page: (number: Int, content: String)?
  private var waiting: [Reader] = []
  package private(set) var isOver = false

  /// Nobody waits, and there is nothing to tell.
  package init() {}

  /// How many readers wait.
  package var readers: Int { waiting.count }

  /// A reader asks; nil where it has to wait.
  package mutating func ask(_ reader: Reader, has number: Int?) -> Delivery? {
    if isOver { return Delivery(readers: [reader], text: Self.event("end", "", number: nil)) }
    if let page, page.number > number ?? 0 {
      return Delivery(readers: [reader], text: Self.event("page", page.content, number: page.number))
    }
    waiting.append(reader)
    return nil
  }

  /// Everybody who waits hears one line about how the run goes.
  package mutating func tell(_ line: String) -> Delivery {
    Delivery(readers: take(), text: Self.event("now", line, number: page?.number ?? 0))
  }

  /// Everybody who waits gets a new page, and whoever asks later.
  package mutating func show(_ content: String) -> Delivery {
    let number = (page?.number ?? 0) + 1
    page = (number, content)
    return Delivery(readers: take(), text: Self.event("page", content, number: number))
  }

  /// The run is over: whoever waits or asks is sent to the report.
  package mutating func end() -> Delivery {
    isOver = true
    return Delivery(readers: take(), text: Self.event("end", "", number: nil))
  }

  private mutating func take() -> [Reader] {
    defer { waiting = [] }
    return waiting
  }

  /// One event; every line of its data is marked as such, so that nothing in it can be taken for a field.
  static func event(_ name: String, _ data: String, number: Int?) -> String {
    let id = number.map { "id: \($0)\n" } ?? ""
    let lines = data.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    return "retry: 250\n\(id)event: \(name)\n\(lines.map { "data: \($0)\n" }.joined())\n"
  }
}
