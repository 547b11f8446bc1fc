import CodeExecution
import HostSystem
import Jobs

/// One execution through `CodeExecutor`, cut at the instant when the compiler had finished.
struct ExecutorTurn {
  /// From the call until there is something to run.
  let compile: Double
  /// From then until the call returns, clean-up included.
  let run: Double
  let result: ExecutionResult

  /// All of it.
  var total: Double { compile + run }

  /// Executes a program, which must print what it should.
  init(_ executor: CodeExecutor, _ program: Program, _ start: RequestedStart? = nil) throws {
    // By the wall clock, because that is what `compiledAt` tells; a step of it during the call would show as a
    // ridiculous sample and not move a median.
    let before = WallClock.microseconds
    result = executor.execute(program.request(start))
    let after = WallClock.microseconds
    compile = Double(result.compiledAt - before) / 1_000
    run = Double(after - result.compiledAt) / 1_000
    guard result.error == nil, result.details.stdout.bytes == Array(program.output.utf8) else {
      throw BenchError("\(program.language.title) failed: \(result.error ?? "wrong output \(result.result)")")
    }
  }

  /// Whether its compiler or its start used a technique.
  func used(_ technique: String) -> Bool { result.details.techniques?.contains(technique) ?? false }
}
