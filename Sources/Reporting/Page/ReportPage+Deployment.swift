import Foundation
import Pricing
import RunRecords
import Statistics

extension ReportPage {
  /// What AWS itself tells; nil where the target is no deployment of it.
  var deployment: PageSection? {
    guard let figures = figures.deployment else { return nil }
    return PageSection(
      id: "deployment", title: "The deployment on AWS", short: "AWS", finding: finding(figures),
      body: [facts(figures), functions(figures)].compactMap(\.self))
  }

  private func finding(_ figures: DeploymentFigures) -> HTML {
    let starts = figures.starts.map { " Of those jobs, \($0)." as HTML }
    let differences = figures.differences.map { " \($0)" as HTML }
    return """
      \(figures.coverage.prefix(1).uppercased() + figures.coverage.dropFirst()); they are what billed time, memory and cold
      starts are taken from, in place of what results declare.\(starts)\(differences)
      """
  }

  private func facts(_ figures: DeploymentFigures) -> HTML {
    let deployment = figures.deployment
    let memory = ["api", "dispatcher", "executor"].compactMap { name in
      deployment.memoryMB[name].map { "\(name) \(QuantityText.grouped($0)) MB" }
    }
    let offset = self.figures.info.clockOffset.map {
      "\(QuantityText.duration(nanoseconds: Double($0.microseconds) * 1e3)), known to within "
        + QuantityText.duration(nanoseconds: Double($0.errorBoundMicroseconds) * 1e3)
    }
    let pairs: [(String, String)] = [
      ("Deployment", "\(deployment.name), environment \(deployment.environment), profile \(deployment.profile)"),
      ("Region", deployment.region), ("Architecture", deployment.architecture),
      ("Gateway", deployment.gateway == "rest" ? "REST API" : "HTTP API"),
      ("Memory", memory.joined(separator: ", ")),
      ("Its clock behind the generator's", offset ?? "not known"),
    ]
    return
      "<dl class=\"pairs\">\n\(pairs.map { "<div><dt>\($0.0)</dt><dd>\(verbatim: $0.1)</dd></div>\n" as HTML })</dl>\n"
  }

  private func functions(_ figures: DeploymentFigures) -> HTML? {
    guard !figures.functions.isEmpty else { return nil }
    let rows = figures.functions.map { function -> [HTML] in
      let sums = function.sums
      return [
        "\(sums.name)", "\(QuantityText.grouped(sums.invocations))", "\(QuantityText.grouped(sums.initialised))",
        "\(QuantityText.duration(nanoseconds: Double(sums.billedMs) * 1e6))",
        "\(QuantityText.number(sums.gigabyteSeconds))", "\(MoneyText.dollars(function.dollars))",
      ]
    }
    return HTMLTable(
      caption: "Functions while the run went on, by their REPORT lines, whoever called them",
      columns: [
        .text("Function"), .number("Invocations"), .number("Initialised"), .number("Billed"), .number("GB-seconds"),
        .number("List price"),
      ],
      rows: rows + [["queries of the log", "", "", "", "", "\(MoneyText.dollars(figures.queries))"]]
    ).html
  }
}
