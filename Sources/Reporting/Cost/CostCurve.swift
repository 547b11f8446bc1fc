import Charts
import Foundation
import Pricing

/// Dollars for an execution against the month's volume: of profiles, and of other ways to run the executor.
struct CostCurve {
  /// A curve with its name.
  struct Series {
    var name: String
    var color: ChartColor
    /// US dollars for a thousand executions at each volume.
    var values: [Decimal]
  }

  /// Executions a month.
  static let volumes: [Decimal] = (3...8).flatMap { power -> [Decimal] in
    let base = Decimal(sign: .plus, exponent: power, significand: 1)
    return power == 8 ? [base] : [base, base * 2, base * 5]
  }

  let report: CostReport

  /// The profile and those that it is compared with, each as a whole; the quoted estimate last.
  var profiles: [Series] {
    let colors: [ChartColor] = [.blue, .orange, .green, .purple, .vermillion]
    let shown = report.bills.enumerated().map { index, pair in
      series(pair.profile.name, colors[index % colors.count]) { try? bill(pair.profile, $0).total }
    }
    return shown + [series("as quoted", .gray) { NaiveEstimate.total($0) }]
  }

  /// The profile with its executor on Lambda, in environments that are kept ready, on Fargate and on machines.
  var ways: [Series] {
    let breakEven = report.breakEven
    let architecture = report.profile.executor.architecture
    let hosts = AlwaysOnHost.all(in: breakEven.book).filter {
      $0.architecture == architecture && !$0.name.contains("Spot") && !$0.name.contains("medium")
    }
    let colors: [ChartColor] = [.orange, .green, .purple]
    return [
      series("Lambda", .blue) { try? bill(report.profile, $0).total },
      series("Lambda, kept ready", .vermillion) { try? bill(breakEven.provisioned(executions: $0), $0).total },
    ]
      + zip(hosts, colors).map { host, color in
        series(host.name.split(separator: ",").first.map(String.init) ?? host.name, color) { volume in
          guard let bill = try? bill(report.profile, volume) else { return nil }
          return bill.total - bill.amount(of: .executor) + breakEven.cost(host, executions: volume)
        }
      }
  }

  private func bill(_ profile: CostProfile, _ volume: Decimal) throws -> Bill {
    try Bill(profile, executions: volume, in: report.bill.book, freeTier: report.bill.freeTier)
  }

  private func series(_ name: String, _ color: ChartColor, _ total: (Decimal) -> Decimal?) -> Series {
    Series(name: name, color: color, values: Self.volumes.map { (total($0) ?? 0) * 1_000 / $0 })
  }
}

extension CostCurve {
  /// A chart of curves with the table behind it.
  static func chart(id: String, title: String, summary: String, _ series: [Series]) -> HTML {
    let places = volumes.map { CostNumber.double($0) / 1e6 }
    let chart = XYChart(
      title: title, summary: summary, x: Axis("Executions a month, millions", .logarithmic, format: .number),
      y: Axis("US dollars for 1,000 executions", .logarithmic, format: .number),
      layers: series.map { curve in
        ChartLayer(
          curve.name, curve.color, curve.name == "as quoted" ? .dashed : .line,
          zip(places, curve.values).map { ChartPoint($0, CostNumber.double($1)) })
      }, rows: places)
    let table = HTMLTable(
      caption: title, columns: [.number("Executions a month")] + series.map { .number($0.name) },
      rows: volumes.indices.map { row in
        ["\(CostNumber.quantity(volumes[row]))"] + series.map { "\(MoneyText.dollars($0.values[row]))" }
      })
    return PageChart(id: id, chart: chart, table: table).html
  }
}
