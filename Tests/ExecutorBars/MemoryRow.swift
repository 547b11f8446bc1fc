import BarReporting
import CodeExecution
import Glibc
import HostSystem

/// What an execution environment holds while it waits for work: rce-executor and every process below it.
///
/// Read without pools after its first `next`, and again after a job of each language; each pool's own processes are shown
/// beside it, one of each kept by an executor inside this process.
let memoryRow = Row("memory", rounds: 3, bars: [(freshName, .atMost(40), "MB"), (usedName, .atMost(40), "MB")]) {
  bench, rounds in
  var (fresh, used): ([Double], [Double]) = ([], [])
  for _ in 0..<rounds {
    let environment = try Environment(bench, variables: ["RCE_EXECUTOR_POOL": "none"])
    defer { environment.stop() }
    try environment.waitUntilIdle()
    fresh.append(try residentTree(environment.id))
    for program in [Program.cpp, .java, .python, .node] { try environment.execute(program) }
    used.append(try residentTree(environment.id))
  }
  let pools = try [WarmPool.python, .node, .java, .javac].flatMap { try poolFacts(bench, $0) }
  return [
    memoryBar(freshName, fresh, [], "VmRSS of rce-executor and of all processes below it, started as the host does"),
    memoryBar(
      usedName, used, pools,
      "the same process, when what it made in the background was done. Of each pool, one kept: the processes of its "
        + "sandbox, and their share (Pss) where they share pages"),
  ]
}

private let freshName = "idle environment without pools, after its first `next`"
private let usedName = "idle environment without pools, after a job of each language"

private func memoryBar(_ name: String, _ samples: [Double], _ facts: [Bar.Fact], _ detail: String) -> Bar {
  let own = [Bar.Fact("n", Double(samples.count)), Bar.Fact("min", samples.min() ?? .nan, "MB")]
  return Bar(
    name: name, figure: quantile(0.5, of: samples), bound: .atMost(40), unit: "MB", facts: own + facts, detail: detail)
}

/// MB of a process and all below it, once nothing runs below it any more.
private func residentTree(_ process: Int32) throws -> Double {
  let deadline = MonotonicInstant.now + 60_000_000_000
  while !ResidentMemory.descendants(of: process).isEmpty && MonotonicInstant.now < deadline { usleep(50_000) }
  guard let own = ResidentMemory.resident(process) else { throw BenchError("rce-executor is gone") }
  return ResidentMemory.descendants(of: process).reduce(own) { $0 + (ResidentMemory.resident($1) ?? 0) }
}

/// What the processes of one pool hold.
private func poolFacts(_ bench: Bench, _ pool: WarmPool) throws -> [Bar.Fact] {
  let before = Set(ResidentMemory.descendants(of: getpid()))
  let warm = try WarmExecutor(bench, bench.jail, [pool: 1])
  guard warm.waitUntilReady() else { return [] }
  let processes = ResidentMemory.descendants(of: getpid()).filter { !before.contains($0) }
  return [
    Bar.Fact("\(pool.rawValue) pool", processes.reduce(0) { $0 + (ResidentMemory.resident($1) ?? 0) }, "MB"),
    Bar.Fact("its share", processes.reduce(0) { $0 + (ResidentMemory.proportional($1) ?? 0) }, "MB"),
  ]
}
