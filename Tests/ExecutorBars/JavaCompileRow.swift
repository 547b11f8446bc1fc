import BarReporting
import CodeExecution
import Jobs
import Sandbox

/// javac that is resident, against one that starts for the program.
///
/// Compared are `CodeExecutor.execute` from its call to `compiledAt`, and posix_spawn(3) of javac with the executor's own
/// command line without the flags to its virtual machine, which are themselves a way to make it faster; with them it
/// is shown, too.
let javaCompileRow = Row("java-compile", rounds: 20, bars: [(javaName, .atMost(0.03), "x raw javac")]) {
  bench, rounds in
  let program = Program.java
  let folder = try bench.makeFolder("java")
  var compile = try javaCompiler(bench, program, folder)
  let tuned = try RawProgram(compile, directory: folder, product: folder)
  compile.command.removeAll { $0.hasPrefix("-J") }
  let raw = try RawProgram(compile, directory: folder, product: folder)
  let warm = try WarmExecutor(bench, bench.jail, [.javac: 1])
  let bubblewrap = try WarmExecutor(bench, bench.bubblewrap, [.javac: 1])
  let cold = try bench.fastExecutor(bench.jail)
  let readings = try interleaved(
    [
      Contestant(name: "raw javac") { (try raw.run(), true) },
      warm.contestant("rce-jail", program) { ($0.compile, $0.used("resident")) },
      bubblewrap.contestant("bubblewrap", program) { ($0.compile, $0.used("resident")) },
      Contestant(name: "raw javac with the executor's flags") { (try tuned.run(), true) },
      Contestant(name: "rce-jail, cold") { (try ExecutorTurn(cold, program, .cold).compile, true) },
    ], rounds: rounds)
  return [
    ratioBar(
      javaName, atMost: 0.03, in: readings, technique: "a resident javac",
      detail: "raw is `\(compile.command.joined(separator: " "))`")
  ]
}

/// How the executor calls javac where nothing makes it faster.
private func javaCompiler(_ bench: Bench, _ program: Program, _ folder: String) throws -> SandboxRequest {
  guard let compile = try bench.recipe(program, product: folder).compile else {
    throw BenchError("Java has no compiler")
  }
  return compile
}

private let javaName = "Java hello: compile, resident"
