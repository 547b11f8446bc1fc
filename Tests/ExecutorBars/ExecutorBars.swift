import ArgumentParser
import BarReporting
import FoundationEssentials
import Glibc

/// Measures the executor's bars: what a sandboxed program takes, against the same program without one.
@main
struct ExecutorBars: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "executor-bars",
    abstract: "Measure the executor's bars; exits 1 where one is missed.",
    discussion: """
      Every ratio is of medians within this run, its contestants in turn, so that what else the machine does meets all.
      Only release builds measure. Rows: \(rows.map(\.name).joined(separator: ", ")).
      """)

  @Option(help: "Only rows whose name holds this text.") var only: String?
  @Option(help: "Rounds of every row, instead of each row's own number.") var rounds: Int?
  @Flag(help: "Print one JSON object instead of lines.") var json = false

  func validate() throws {
    if let rounds, rounds < 1 { throw ValidationError("--rounds must be at least 1, got \(rounds)") }
    if chosen.isEmpty {
      let names = rows.map(\.name).joined(separator: ", ")
      throw ValidationError("no row is called \"\(only ?? "")\"; there are \(names)")
    }
  }

  private var chosen: [Row] {
    rows.filter { row in only.map { row.name.contains($0) } ?? true }
  }

  func run() throws {
    #if DEBUG
      throw ValidationError("this is a debug build, whose figures mean nothing: build with `make build`")
    #else
      let bench = try Bench()
      defer { bench.remove() }
      try Interruption.listen(removing: bench)
      var report = RunReport(machine: Machine.description)
      if !json { say("\(report.machine); each figure is of this run\n") }
      for row in chosen { measure(row, bench, &report) }
      if json { say(try report.text()) }
      if !report.holds { throw ExitCode(1) }
    #endif
  }

  private func measure(_ row: Row, _ bench: Bench, _ report: inout RunReport) {
    let shortage = CoreShortage()
    if !json { say(command(row)) }
    let bars = row.bars(bench, rounds: rounds)
    let measurement = RunReport.Measurement(
      row: row.name, command: command(row), bars: bars, coreShortagePercent: shortage.percent,
      problems: bench.problems.take())
    report.rows.append(measurement)
    if !json { say(measurement.text) }
  }

  private func command(_ row: Row) -> String {
    ".build/release/executor-bars --only \(row.name)" + (rounds.map { " --rounds \($0)" } ?? "")
  }

  private func say(_ text: String) {
    print(text)
    fflush(nil)
  }
}
