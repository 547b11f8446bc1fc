import BarReporting
import CodeExecution
import Jobs
import Sandbox

/// The compiler of a C++ hello that includes the whole library: until there is a program to run.
///
/// Compared are `CodeExecutor.execute` from its call to `compiledAt`, and posix_spawn(3) of g++ with the executor's own
/// command line without what makes it faster.
let cppRow = Row("cpp-compile", rounds: 10, bars: [(cppName, .atMost(0.25), "x raw g++")]) { bench, rounds in
  let program = Program.cpp
  let folder = try bench.makeFolder("cpp")
  let recipe = try bench.recipe(program, product: folder)
  guard let compile = recipe.compile else { throw BenchError("C++ has no compiler") }
  let raw = try RawProgram(compile, directory: folder, product: folder)
  let fast = try bench.fastExecutor(bench.jail)
  let plain = try bench.plainExecutor(bench.jail)
  let bubblewrap = try bench.fastExecutor(bench.bubblewrap)
  let runs = Collected()
  var techniques: [String] = []
  let readings = try interleaved(
    [
      Contestant(name: "raw g++") { (try raw.run(), true) },
      Contestant(name: "rce-jail") {
        let turn = try ExecutorTurn(fast, program)
        runs.add(turn.run)
        techniques = turn.result.details.techniques ?? []
        return (turn.compile, turn.used("pch") && turn.result.start != .cached)
      },
      Contestant(name: "bubblewrap") {
        let turn = try ExecutorTurn(bubblewrap, program)
        return (turn.compile, turn.used("pch"))
      },
      Contestant(name: "rce-jail without techniques") { (try ExecutorTurn(plain, program).compile, true) },
    ], rounds: rounds)
  return [
    ratioBar(
      cppName, atMost: 0.25, in: readings, technique: "pch",
      detail:
        "techniques \(techniques.joined(separator: ", ")); raw is `\(compile.command.joined(separator: " "))`; its run and clean-up "
        + "are p50 \(rounded(runs.median)) ms more")
  ]
}

private let cppName = "C++ hello with <bits/stdc++.h>: compile"
