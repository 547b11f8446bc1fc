import BarReporting
import CodeExecution
import HostSystem
import Sandbox

/// The full sandbox around a program that does nothing: what isolation costs.
///
/// Compared are `Sandbox.run` from call to return, control group and clean-up included, and posix_spawn(3) of the same
/// binary from before its pipes to after its end.
let trueRow = Row("true", rounds: 300, bars: [(trueName, .atMost(3), "x raw")]) { bench, rounds in
  var request = try bench.recipe(.python).run
  request.command = ["/usr/bin/true"]
  request.files = []
  let raw = try RawProgram(request, directory: try bench.makeFolder("true"))
  let inJail = TimedSandbox(bench.jail, request)
  let withoutGroups = TimedSandbox(try Sandbox(SandboxConfiguration(.jail, usesControlGroups: false)), request)
  let readings = try interleaved(
    [
      Contestant(name: "raw") { (try raw.run(), true) },
      inJail.contestant("rce-jail"),
      TimedSandbox(bench.bubblewrap, request).contestant("bubblewrap"),
      withoutGroups.contestant("rce-jail without control groups"),
    ], rounds: rounds)
  return [
    ratioBar(
      trueName, atMost: 3, in: readings,
      detail: "of rce-jail's time the program itself, from its start to its end inside, is p50 "
        + "\(rounded(inJail.programMedian)) ms; the rest is processes, namespaces, root, control group and their end")
  ]
}

private let trueName = "full sandbox around /usr/bin/true"

/// Runs one request again and again and keeps what the sandbox itself read of it.
private final class TimedSandbox {
  private let sandbox: Sandbox
  private let request: SandboxRequest
  private var programs: [Double] = []

  init(_ sandbox: Sandbox, _ request: SandboxRequest) {
    self.sandbox = sandbox
    self.request = request
  }

  var programMedian: Double { quantile(0.5, of: programs) }

  func contestant(_ name: String) -> Contestant {
    Contestant(name: name) {
      let start = MonotonicInstant.now
      let outcome = try self.sandbox.run(self.request)
      let milliseconds = Double(MonotonicInstant.now - start) / 1e6
      guard outcome.end == .exited(0) else { throw BenchError("\(name): the program \(outcome.end.phrase)") }
      self.programs.append(outcome.wall / .milliseconds(1))
      return (milliseconds, true)
    }
  }
}
