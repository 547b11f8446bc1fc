/// Throughput measured at several concurrencies, from a table.
public struct LoadLevels: Sendable {
  /// The points in the order of the table.
  public let points: [(concurrency: Double, throughput: Double)]

  /// Levels that the scalability law needs: three parameters, and as many again to judge it by.
  public static let needed = 6

  /// Points; refuses what no fit can be made of.
  public init(_ points: [(concurrency: Double, throughput: Double)], name: String) throws(PlanningRefusal) {
    let levels = Set(points.map(\.concurrency))
    if points.count > 1, levels.count == 1, Set(points.map(\.throughput)).count == 1 {
      throw PlanningRefusal(
        "\(name): all \(points.count) points are identical",
        hint: "measure at \(Self.needed) different concurrencies or more")
    }
    guard levels.count >= Self.needed else {
      throw PlanningRefusal(
        "\(name): \(points.count) points at \(levels.count) different concurrencies do not determine the scalability law",
        hint: "measure at \(Self.needed) different concurrencies or more; repeats of a level do not count as levels")
    }
    self.points = points
  }

  /// Reads CSV with the header `concurrency,throughput`; other columns are passed over.
  public init(csv text: String, name: String) throws(PlanningRefusal) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(Self.trimmed)
    let header = Self.cells(lines.first ?? "").map { $0.lowercased() }
    guard let n = header.firstIndex(of: "concurrency"), let x = header.firstIndex(of: "throughput") else {
      throw PlanningRefusal(
        "\(name):1: the header is '\(lines.first ?? "")'", hint: "the first line must be concurrency,throughput")
    }
    var points: [(concurrency: Double, throughput: Double)] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let cells = Self.cells(line)
      guard let concurrency = Self.number(cells, n), let throughput = Self.number(cells, x), concurrency >= 1,
        throughput > 0
      else {
        throw PlanningRefusal(
          "\(name):\(index + 1): '\(line)' is not a point",
          hint: "each line holds a concurrency of at least 1 and a throughput above 0, for example 18,995.9")
      }
      points.append((concurrency, throughput))
    }
    try self.init(points, name: name)
  }

  private static func number(_ cells: [String], _ index: Int) -> Double? {
    guard cells.indices.contains(index), let value = Double(cells[index]), value.isFinite else { return nil }
    return value
  }

  private static func cells(_ line: String) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace || $0 == "\u{feff}" }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
