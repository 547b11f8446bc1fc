import BarReporting
import CodeExecution
import Jobs
import Sandbox

/// An interpreter's hello without anything ready: what the whole executor adds to the interpreter.
///
/// Compared are `CodeExecutor.execute` with `start: cold`, from call to return, and posix_spawn(3) of the interpreter
/// with the executor's own command line on the same source.
func coldRow(_ name: String, _ program: Program, rounds: Int) -> Row {
  let title = "\(program.language.title) hello, cold"
  return Row(name, rounds: rounds, bars: [(title, .atMost(1.15), "x raw")]) { bench, rounds in
    let recipe = try bench.recipe(program)
    let raw = try RawProgram(recipe.run, directory: try bench.makeFolder(name), printing: program.output)
    let jail = try bench.plainExecutor(bench.jail)
    let bubblewrap = try bench.plainExecutor(bench.bubblewrap)
    let inside = Collected()
    let readings = try interleaved(
      [
        Contestant(name: "raw") { (try raw.run(), true) },
        Contestant(name: "rce-jail") {
          let turn = try ExecutorTurn(jail, program, .cold)
          inside.add(turn.result.details.wallTimeMs)
          return (turn.total, turn.result.start == .cold)
        },
        Contestant(name: "bubblewrap") {
          let turn = try ExecutorTurn(bubblewrap, program, .cold)
          return (turn.total, turn.result.start == .cold)
        },
      ], rounds: rounds)
    return [
      ratioBar(
        title, atMost: 1.15, in: readings,
        detail: "`\(recipe.run.command.joined(separator: " "))`; of rce-jail's time the program itself, from its start "
          + "to its end inside, is p50 \(rounded(inside.median)), min \(rounded(inside.least)) ms")
    ]
  }
}
