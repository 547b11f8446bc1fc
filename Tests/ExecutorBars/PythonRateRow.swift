import BarReporting
import CodeExecution
import Glibc
import Jobs

/// Python hellos a second through the executor inside this process: two threads, each one job after the other.
///
/// Beside it stand the same two threads with posix_spawn(3) of the interpreter, and with executors that keep nothing
/// ready.
let pythonRateRow = Row("python-rate", rounds: 6, bars: [(rateName, .atLeast(400), "jobs/s")]) { bench, rounds in
  let program = Program.python
  let raw = try RawProgram(
    try bench.recipe(program).run, directory: try bench.makeFolder("rate"), printing: program.output)
  let warm = try WarmExecutor(bench, bench.jail, [.python: forkServers])
  let isReady = warm.waitUntilReady()
  let executor = warm.executor
  let starts = StartCounts()
  let cold = try bench.plainExecutor(bench.jail)
  let bubblewrap = try bench.plainExecutor(bench.bubblewrap)
  let readings = try interleaved(
    [
      Rate(name: "raw", workers: 2) { (try? raw.run()) != nil },
      Rate(name: "rce-jail", workers: 2) {
        guard let turn = try? ExecutorTurn(executor, program) else { return false }
        starts.count(turn.result.start)
        return true
      },
      Rate(name: "rce-jail, cold", workers: 2) { (try? ExecutorTurn(cold, program, .cold)) != nil },
      Rate(name: "bubblewrap, cold", workers: 2) { (try? ExecutorTurn(bubblewrap, program, .cold)) != nil },
    ], rounds: rounds)
  return [
    Bar(
      name: rateName, figure: readings[1].median, bound: .atLeast(400), unit: "jobs/s",
      facts: [Bar.Fact("n", Double(rounds)), Bar.Fact("min", readings[1].rates.min() ?? .nan, "jobs/s")]
        + [Bar.Fact("times raw", readings[1].median / readings[0].median, "x")] + readings.flatMap(\.facts),
      detail: "two threads, phases of \(rounded(Rate.phase)) s in turn; only right output counts; \(forkServers) fork "
        + "servers\(isReady ? "" : ", which did not get ready"); starts: \(starts.text)")
  ]
}

private let rateName = "Python hello through the executor, 2 threads"
/// One for each thread.
private let forkServers = 2
