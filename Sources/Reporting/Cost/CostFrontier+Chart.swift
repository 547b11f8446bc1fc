import Charts
import Foundation
import Pricing
import Statistics

extension CostFrontier {
  /// Dollars for correct jobs against the wait of their users; a picture needs two places.
  func chart(of what: String) -> HTML? {
    guard points.count >= 2 else { return nil }
    func layer(_ name: String, _ color: ChartColor, _ form: ChartLayer.Form, isEfficient: Bool) -> ChartLayer {
      ChartLayer(
        name, color, form,
        points.filter { $0.isEfficient == isEfficient }.map { ChartPoint($0.p95 / 1e9, $0.dollars) })
    }
    let chart = XYChart(
      title: "Cost of correct jobs against p95",
      summary:
        "Each \(what): dollars for 1,000 jobs that succeeded, and the 95th percentile of their end-to-end time.",
      x: Axis("p95, end to end", format: .duration), y: Axis("US dollars for 1,000 correct jobs", format: .number),
      layers: [
        layer("no other is both cheaper and faster", .blue, .dots, isEfficient: true),
        layer("another is", .gray, .rings, isEfficient: false),
      ].filter { !$0.points.isEmpty }, rows: points.map { $0.p95 / 1e9 })
    let table = HTMLTable(
      caption: "Cost frontier",
      columns: [.text("Jobs"), .number("p95"), .number("1,000 correct jobs"), .text("Cheaper and faster")],
      rows: points.map {
        [
          "\($0.title)", "\(QuantityText.duration(nanoseconds: $0.p95))",
          "\(MoneyText.dollars(Decimal($0.dollars)))",
          "\($0.isEfficient ? "none" : "another is")",
        ]
      })
    return PageChart(id: "chart-frontier", chart: chart, table: table).html
  }
}
