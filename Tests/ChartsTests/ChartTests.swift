import Charts
import Foundation
import TestServices
import Testing

@Suite struct ChartTests {
  @Test("each kind of chart is the picture that was looked at", arguments: SampleCharts.all.map(\.name))
  func goldens(name: String) throws {
    let chart = try #require(SampleCharts.all.first { $0.name == name }).chart
    for size in ChartSize.allCases {
      try Golden.expect(chart.svg(size, id: "\(name)-\(size.rawValue)"), is: "\(name)-\(size.rawValue).svg")
    }
  }

  @Test("no text is clipped and no two texts touch", arguments: SampleCharts.all.map(\.name))
  func texts(name: String) throws {
    let chart = try #require(SampleCharts.all.first { $0.name == name }).chart
    for size in ChartSize.allCases {
      let problems = try Self.problems(chart, size)
      #expect(problems == [])
    }
  }

  @Test("nor over data that nobody chose", arguments: 0..<60 as Range<UInt64>)
  func randomTexts(seed: UInt64) throws {
    var random = RandomCharts(seed: seed)
    for chart in random.all() {
      for size in ChartSize.allCases {
        let problems = try Self.problems(chart, size)
        #expect(problems == [], "\(type(of: chart)), seed \(seed)")
      }
    }
  }

  /// What is wrong with the texts of a picture.
  private static func problems(_ chart: any Chart, _ size: ChartSize) throws -> [String] {
    let picture = try #require(PictureReader.read(chart.svg(size, id: "x")))
    var problems: [String] = []
    for (index, text) in picture.texts.enumerated() {
      let isInside =
        text.minX >= -1 && text.maxX <= picture.width + 1 && text.top >= -1 && text.bottom <= picture.height + 1
      if !isInside { problems.append("'\(text.text)' leaves the picture (\(size))") }
      for other in picture.texts[(index + 1)...] where text.overlaps(other) {
        problems.append("'\(text.text)' touches '\(other.text)' (\(size))")
      }
    }
    return problems
  }

  @Test("a picture has a title and a description for readers who cannot see it, with ids of its own")
  func accessible() throws {
    let svg = SampleCharts.timeSeries.svg(.wide, id: "rates-wide")
    #expect(svg.contains("role=\"img\" aria-labelledby=\"rates-wide-t rates-wide-d\""))
    #expect(svg.contains("<title id=\"rates-wide-t\">Jobs a second</title>"))
    #expect(svg.contains("<desc id=\"rates-wide-d\">Offered, completed and good.</desc>"))
  }

  @Test("a picture says where the rows of its table lie, in order, within the plot")
  func readout() {
    let svg = SampleCharts.percentileCurve.svg(.wide, id: "x")
    let list = svg.components(separatedBy: "data-across=\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
    let places = list.split(separator: " ").compactMap { Double($0) }
    #expect(places.count == 3 && places == places.sorted() && places.allSatisfy { (0...760).contains($0) })
    #expect(SampleCharts.waterfall.svg(.narrow, id: "x").contains("data-down=\"25 67 109 151 193\""))
    #expect(!SampleCharts.strips.svg(.wide, id: "x").contains("data-"))
  }

  @Test("names cannot become markup")
  func hostile() throws {
    let svg = SampleCharts.singlePoint.svg(.wide, id: "x")
    let picture = try #require(PictureReader.read(svg))
    #expect(!picture.elements.contains("script"))
    #expect(!svg.contains("http://") || svg.components(separatedBy: "http://").count == 2)
  }

  @Test("values that no axis can hold are left out", arguments: [Double.nan, .infinity, -1, 0])
  func impossible(value: Double) throws {
    let chart = XYChart(
      title: "t", summary: "s", x: Axis("", format: .elapsed), y: Axis("", .logarithmic, format: .duration),
      layers: [ChartLayer("a", .blue, .line, [ChartPoint(1, value), ChartPoint(2, 0.5), ChartPoint(3, 0.6)])])
    let svg = chart.svg(.wide, id: "x")
    #expect(PictureReader.read(svg) != nil)
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test("a million points cost no more marks than pixels can show")
  func large() {
    let points = (0..<200_000).map { ChartPoint(Double($0), Double(($0 * 7_919) % 1_000) + 1) }
    for form in [ChartLayer.Form.line, .dots, .steps] {
      let chart = XYChart(
        title: "t", summary: "s", x: Axis("", format: .number), y: Axis("", format: .number),
        layers: [ChartLayer("a", .blue, form, points)])
      let size = chart.svg(.wide, id: "x").utf8.count
      #expect(size < (form == .dots ? 200_000 : 60_000), "\(form): \(size) bytes")
    }
  }
}
