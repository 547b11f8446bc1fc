import ArgumentParser
import SelfTest

/// `rce-bench selftest`: the generator against a platform whose behaviour is known.
struct SelfTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Check the generator against the truth: a platform whose behaviour is known.",
    discussion: """
      Every case prints the truth beside what was measured. Figures that a busy
      machine can spoil are inconclusive where the machine was busy, and the
      evidence is printed; --strict counts that as failed.

      Exit codes: 0 no case failed, 5 a case failed, 2 bad usage.
      """)

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("Run this case; may be given more than once.", valueName: "name"))
  var names: [String] = []

  @Flag(help: "A fifth of the time, and less proof: short runs with fewer jobs.")
  var quick = false

  @Flag(help: "An inconclusive case has failed.")
  var strict = false

  @Flag(help: "Print the results as JSON.")
  var json = false

  @Flag(help: "Print plain progress lines even on a terminal.")
  var plain = false

  func validate() throws {
    let known = SelfTestCase.all(quick: true).map(\.name)
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw ValidationError(
        "there is no case \(unknown); there are \(known.joined(separator: ", "))")
    }
  }

  func run() throws {
    try DebugBuild.refuse()
    let cases = SelfTestCase.all(quick: quick).filter { names.isEmpty || names.contains($0.name) }
    var display = SelfTestDisplay(isPlain: plain || json)
    let report = SelfTestReport(try SelfTest(cases).run { display.show($0) })
    display.end()
    Console.print(json ? report.json : report.text)
    let isFine = report.verdict == .passed || report.verdict == .inconclusive && !strict
    if !isFine { throw BenchExit.invalidRun }
  }
}

/// Shows which cases run: one live line on a terminal, otherwise a line when that changes.
private struct SelfTestDisplay {
  private let isLive: Bool
  private var last: [String] = []

  init(isPlain: Bool) {
    isLive = Console.isTerminal && !isPlain
  }

  mutating func show(_ progress: SelfTest.Progress) {
    let cases = progress.running.map {
      "\($0.name) \(Int($0.elapsed))/\(Int($0.expected.rounded(.up))) s"
    }
    let text = "self-test \(progress.done)/\(progress.count): \(cases.joined(separator: ", "))"
    if isLive { return Console.live(text) }
    let names = progress.running.map(\.name)
    if names != last, !names.isEmpty { Console.error(text) }
    last = names
  }

  func end() {
    if isLive { Console.live("") }
  }
}
