import BarReporting
import CodeExecution
import Jobs
import Sandbox

/// A hello whose process was started before the job came, against one that starts for it.
///
/// Compared are `CodeExecutor.execute` from `compiledAt` (or its call, where there is no compiler) to its return, and
/// posix_spawn(3) of the same virtual machine or interpreter with the executor's own command line for a cold start. What
/// was used is replaced between the rounds, and that is not counted: it buys latency, not throughput.
func prewarmedRow(
  _ name: String, _ program: Program, _ pools: [WarmPool: Int], _ kinds: Set<StartKind>, atMost limit: Double,
  rounds: Int
) -> Row {
  let title = "\(program.language.title) hello, \(kinds.contains(.zygote) ? "warm" : "run, prewarmed")"
  return Row(name, rounds: rounds, bars: [(title, .atMost(limit), "x raw")]) { bench, rounds in
    let folder = try bench.makeFolder(name)
    let recipe = try bench.recipe(program, product: folder)
    if let compile = recipe.compile { _ = try RawProgram(compile, directory: folder, product: folder).run() }
    let raw = try RawProgram(recipe.run, directory: folder, product: folder, printing: program.output)
    let warm = try WarmExecutor(bench, bench.jail, pools)
    let bubblewrap = try WarmExecutor(bench, bench.bubblewrap, pools)
    let inside = Collected()
    let isWarm = { (turn: ExecutorTurn) in turn.result.start.map(kinds.contains) ?? false }
    let readings = try interleaved(
      [
        Contestant(name: "raw") { (try raw.run(), true) },
        warm.contestant("rce-jail", program) { turn in
          inside.add(turn.result.details.wallTimeMs)
          return (turn.run, isWarm(turn))
        },
        bubblewrap.contestant("bubblewrap", program) { ($0.run, isWarm($0)) },
      ], rounds: rounds)
    let names = kinds.map(\.rawValue).sorted().joined(separator: " or ")
    return [
      ratioBar(
        title, atMost: limit, in: readings, technique: "start: \(names)",
        detail:
          "raw is `\(recipe.run.command.joined(separator: " "))`; of rce-jail's time the program itself, from its "
          + "input to its end inside, is p50 \(rounded(inside.median)), min \(rounded(inside.least)) ms")
    ]
  }
}
