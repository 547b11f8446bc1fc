import CJail
import Glibc
import HostSystem

/// Where programs without namespaces run, one at a time: a directory of the supervisor's alone, in which each gets one
/// of its own, and from which everything goes with it.
///
/// Whatever a program leaves behind it could have left for the next one, so each such thing is a problem of the whole
/// environment.
final class PlainGround: Sendable {
  let facts: KernelFacts
  private let directory: OwnDirectory
  /// Where else a program could leave files.
  private let elsewhere: [WatchedDirectory]
  private let turn = Lock(0)
  /// Children that this process had before there was any program.
  private let spared: [pid_t]

  init(directory: OwnDirectory, facts: KernelFacts) {
    self.directory = directory
    self.facts = facts
    // Landlock denies writing anywhere else.
    elsewhere =
      facts.landlock > 0
      ? [] : ["/tmp", "/var/tmp", "/dev/shm"].filter { $0 != directory.path }.map(WatchedDirectory.init)
    spared = Self.children()
  }

  /// Runs a program to its end, and ends and removes all that it left, which `note` is told of.
  func run(
    _ request: SandboxRequest, by starter: SandboxStarter, note: (String) -> Void
  ) throws(SandboxError) -> SandboxOutcome {
    let result = turn.withLock { runs in
      runs += 1
      return Result { () throws(SandboxError) in try runAlone(request, by: starter, note: note) }
    }
    return try result.get()
  }

  private func runAlone(
    _ request: SandboxRequest, by starter: SandboxStarter, note: (String) -> Void
  ) throws(SandboxError) -> SandboxOutcome {
    let before = directory.names
    let outside = elsewhere.map(\.names)
    let objects = SharedObjects.all
    let work = try makeWork()
    let map = PathMap(work: work, mounts: request.mounts)
    let result = Result { () throws(SandboxError) in
      try starter.start(map.applied(to: request, work: work), nil, stdin: request.stdin).finish()
    }
    (Self.problems(of: result) + endStrays() + removeStrays(before, work)).forEach(note)
    SharedObjects.removeNew(since: objects).forEach(note)
    for (place, names) in zip(elsewhere, outside) { place.news(since: names).forEach(note) }
    var outcome = try result.get()
    outcome.stderr = map.restored(outcome.stderr)
    return outcome
  }

  private func makeWork() throws(SandboxError) -> String {
    do throws(SystemCallError) {
      return try directory.makeWork()
    } catch {
      throw SandboxError(.setup, "a program gets no directory: \(error)")
    }
  }

  private static func problems(of result: Result<SandboxOutcome, SandboxError>) -> [String] {
    switch result {
    case .failure(let error): error.kind == .setup ? [] : ["\(error)"]
    case .success(let outcome):
      switch outcome.jailEnd {
      case .exited(0), nil: []
      case .exited(Int32(RCE_JAIL_OUTLIVED)): ["a program left processes, which had to be killed"]
      case .exited(Int32(RCE_JAIL_LEFT)): ["a program left processes that cannot be killed"]
      case .some(let end): ["the supervisor of a program \(end.phrase)"]
      }
    }
  }

  /// Kills what a program whose supervisor is gone has left to this process.
  private func endStrays() -> [String] {
    guard Self.hasChildren else { return [] }
    let strays = Self.children().filter { !spared.contains($0) }
    guard !strays.isEmpty else { return [] }
    let left = rce_jail_end_descendants(spared, spared.count)
    return left > 0
      ? ["\(left) processes of a program cannot be killed"] : ["a program left processes to the executor"]
  }

  private static var hasChildren: Bool {
    var information = siginfo_t()
    return waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) == 0
  }

  private static func children() -> [pid_t] {
    var children = [pid_t](repeating: 0, count: 256)
    let count = rce_jail_children(&children, children.count)
    return Array(children.prefix(count))
  }

  private func removeStrays(_ before: Set<String>, _ work: String) -> [String] {
    var problems = directory.remove(work) ? [] : ["\(work) cannot be removed"]
    for path in directory.news(since: before) where path != work {
      problems.append(
        directory.remove(path) ? "a program left \(path)" : "a program left \(path), which cannot be removed")
    }
    return problems
  }
}
