import BarReporting
import CodeExecution
import Glibc
import HostSystem
import Sandbox

/// How far a program gets beyond its CPU limit before it is stopped.
///
/// Read is the control group's count of the program and all its descendants when they are gone, without what setting up
/// took. The call's whole duration minus the limit is shown beside it: a single process cannot have used more.
let cpuOvershootRow = Row("overshoot-cpu", rounds: 100, bars: overshootBars(cpuNames, 15)) { bench, rounds in
  let loop = "while :; do :; done"
  return try zip(cpuNames, [loop, "\(loop) & \(loop)"]).map { name, script in
    let turn = { (sandbox: Sandbox) in try cpuOvershoot(sandbox, bench, script) }
    return try overshootBar(
      name, atMost: 15, bench, rounds, turn,
      detail:
        "CPU limit \(cpuLimit) ms, `sh -c '\(script)'`; CPU time of the whole tree when it is gone, minus the limit")
  }
}

/// How long after its wall-clock limit a program that sleeps is gone.
///
/// Read is the sandbox's own reading, from the program's start to the end of its last process; the whole call minus the
/// limit, which includes setting up and cleaning up, is shown beside it.
let wallOvershootRow = Row("overshoot-wall", rounds: 100, bars: overshootBars([wallName], 10)) { bench, rounds in
  [
    try overshootBar(
      wallName, atMost: 10, bench, rounds, { try wallOvershoot($0, bench) },
      detail:
        "wall limit \(wallLimit) ms, `sleep 60`; from the program's start to the end of its last process, minus the "
        + "limit")
  ]
}

private let cpuNames = ["CPU limit overshoot, p99", "CPU limit overshoot of two busy processes, p99"]
private let wallName = "wall limit overshoot, p99"
private let cpuLimit = 300
private let wallLimit = 100
/// Fewer samples have no p99: the largest of them would be an accident.
private let fewest = 100

/// Milliseconds of the program beyond the limit, and of the whole call.
private typealias Overshoot = (figure: Double, call: Double)

private func overshootBars(_ names: [String], _ limit: Double) -> [(String, Bar.Bound, String)] {
  names.map { ($0, .atMost(limit), "ms") }
}

private func overshootBar(
  _ name: String, atMost limit: Double, _ bench: Bench, _ rounds: Int, _ turn: (Sandbox) throws -> Overshoot,
  detail: String
) throws -> Bar {
  var (jail, calls, bubblewrap): ([Double], [Double], [Double]) = ([], [], [])
  for _ in 0..<rounds {
    let overshoot = try turn(bench.jail)
    jail.append(overshoot.figure)
    calls.append(overshoot.call)
    bubblewrap.append(try turn(bench.bubblewrap).figure)
  }
  let facts = [
    Bar.Fact("n", Double(rounds)), Bar.Fact("min", jail.min() ?? .nan, "ms"),
    Bar.Fact("p50", quantile(0.5, of: jail), "ms"), Bar.Fact("max", jail.max() ?? .nan, "ms"),
    Bar.Fact("whole call p50", quantile(0.5, of: calls), "ms"),
    Bar.Fact("p99", quantile(0.99, of: calls), "ms"),
    Bar.Fact("bubblewrap p50", quantile(0.5, of: bubblewrap), "ms"),
    Bar.Fact("p99", quantile(0.99, of: bubblewrap), "ms"),
  ]
  guard rounds >= fewest else {
    return Bar(
      name: name, figure: nil, bound: .atMost(limit), unit: "ms", facts: facts,
      detail: "a p99 needs \(fewest) samples, these are \(rounds). \(detail)")
  }
  return Bar(
    name: name, figure: quantile(0.99, of: jail), bound: .atMost(limit), unit: "ms", facts: facts, detail: detail)
}

private func cpuOvershoot(_ sandbox: Sandbox, _ bench: Bench, _ script: String) throws -> Overshoot {
  var request = try bench.recipe(.python).run
  request.command = ["/bin/sh", "-c", script]
  request.files = []
  request.limits.cpu = .milliseconds(cpuLimit)
  request.limits.wall = .seconds(20)
  let start = MonotonicInstant.now
  let outcome = try sandbox.run(request)
  let call = Double(MonotonicInstant.now - start) / 1e6
  guard outcome.exceeded == .cpu else {
    throw BenchError("a busy loop was not stopped for its CPU time: \(outcome.end.phrase)")
  }
  return (outcome.cpu / .milliseconds(1) - Double(cpuLimit), call - Double(cpuLimit))
}

private func wallOvershoot(_ sandbox: Sandbox, _ bench: Bench) throws -> Overshoot {
  var request = try bench.recipe(.python).run
  request.command = ["/bin/sleep", "60"]
  request.files = []
  request.limits.wall = .milliseconds(wallLimit)
  let start = MonotonicInstant.now
  let outcome = try sandbox.run(request)
  let call = Double(MonotonicInstant.now - start) / 1e6
  guard outcome.exceeded == .wall else { throw BenchError("a sleeping program was not stopped: \(outcome.end.phrase)") }
  return (outcome.wall / .milliseconds(1) - Double(wallLimit), call - Double(wallLimit))
}
