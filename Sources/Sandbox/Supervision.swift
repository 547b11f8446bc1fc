import CLinux
import Glibc
import HostSystem

/// One run in progress: a single loop over the sandbox's end, a timer and the pipes, on the caller's thread.
///
/// The loop waits by poll(2): on six descriptors that differ for each run, epoll would only add calls to register them.
struct Supervision: ~Copyable, Sendable {
  /// Setting up takes milliseconds; a machine that needs this long is not working.
  private static let setupPatience: Int64 = 10_000_000_000
  /// How long the kernel may take to tear a killed sandbox down before harder means are tried.
  private static let killPatience: Int64 = 2_000_000_000

  private(set) var limits: SandboxLimits
  let group: ControlGroup?
  private let network: JailNetwork?
  let child: SandboxProcess
  let timer: TimerDescriptor
  /// Open to a program that is fed later; nil where its whole input was there from the start.
  var input: OutboundPipe?
  private var output: InboundPipe
  private var errors: InboundPipe
  private var report: InboundPipe
  private var info: InboundPipe

  private(set) var reports = InitReports()
  private(set) var budget: OutputBudget
  private var watch: TimeWatch?
  private var tree: TreeWatch
  private(set) var stdout: [UInt8] = []
  private(set) var stderr: [UInt8] = []
  /// Where the work of a program that was started ahead begins; nil where it begins with the program.
  private(set) var baseline: WorkBaseline?
  /// The limit that the program was killed for, as far as a clock or a count showed it.
  private(set) var stoppedBy: SandboxLimit?
  private(set) var isKilled = false
  private var harderRounds = 0
  private var patienceEnds: MonotonicInstant

  /// Starts a backend's program.
  ///
  /// - Parameter stdin: nil for a program that waits for its input, which `go` then gives it.
  init(
    _ launch: SandboxLaunch, stdin: [UInt8]?, limits: SandboxLimits, group: ControlGroup?
  ) throws(SystemCallError) {
    // Many hostile processes wait for a processor, too; who is to stop them must not stand in line with them.
    NativeThread.preferWatchingThread()
    let timer = try TimerDescriptor()
    var ends = WritingEnds()
    let output = try InboundPipe(writer: &ends.output)
    let errors = try InboundPipe(writer: &ends.errors)
    let report = try InboundPipe(writer: &ends.report)
    // A server itself tells which process is the first.
    let info = launch.server == nil ? try InboundPipe(writer: &ends.info) : InboundPipe()
    let files = try ContentFiles(launch.contents)
    let passed = files.numbers + (launch.network.map { [$0.descriptor] } ?? [])
    let patienceEnds = MonotonicInstant.now + Self.setupPatience
    let child: SandboxProcess
    if let stdin {
      // A sealed file and not a pipe: nobody has to feed it, so a program that does not read blocks nobody.
      let file = try FileDescriptor.sealedMemory(named: "stdin", stdin)
      child = try launch.begin([file.number] + ends.numbers + passed)
      input = nil
    } else {
      let pipe = try OutboundPipe()
      child = try launch.begin([pipe.childNumber] + ends.numbers + passed)
      input = consume pipe
    }
    timer.arm(at: patienceEnds)
    if let first = child.knownFirst { reports.receiveInfo("{\"child-pid\": \(first)}".utf8) }
    self.limits = limits
    self.patienceEnds = patienceEnds
    self.child = child
    self.group = group
    network = launch.network
    self.timer = timer
    self.output = output
    self.errors = errors
    self.report = report
    self.info = info
    budget = OutputBudget(limits.outputBytes)
    tree = TreeWatch(limits)
  }

  /// Watches until every process of the sandbox is gone.
  consuming func finish() throws(SandboxError) -> SandboxOutcome {
    let buffer = Self.makeBuffer()
    defer { buffer.deallocate() }
    while try !step(buffer) { try tick(.now) }
    return try conclude(at: .now)
  }

  static func makeBuffer() -> UnsafeMutableRawBufferPointer { .allocate(byteCount: 65_536, alignment: 16) }

  /// Waits for the next event and takes what it brought; true once the sandbox has ended.
  mutating func step(_ buffer: UnsafeMutableRawBufferPointer) throws(SandboxError) -> Bool {
    var entries = [
      pollfd(fd: child.pollNumber, events: Int16(POLLIN), revents: 0),
      pollfd(fd: timer.number, events: Int16(POLLIN), revents: 0),
      report.pollEntry, info.pollEntry, output.pollEntry, errors.pollEntry,
    ]
    if let entry = input?.pollEntry { entries.append(entry) }
    guard poll(&entries, nfds_t(entries.count), -1) >= 0 || errno == EINTR else {
      throw SandboxError(.setup, "\(SystemCallError("poll"))")
    }
    // Before the pipes are read: what was written before the end is then certainly in them.
    let hasEnded = entries[0].revents != 0
    input?.write()
    readPipes(buffer)
    return hasEnded
  }

  /// Counts from now on, and against other limits.
  mutating func begin(_ limits: SandboxLimits, at now: MonotonicInstant) {
    self.limits = limits
    budget = OutputBudget(limits.outputBytes)
    stdout = []
    stderr = []
    tree = TreeWatch(limits)
    let cpu = group == nil ? reports.firstProcess.map { ProcessTree.reading(below: $0).cpu } : group?.cpuNanoseconds
    baseline = WorkBaseline(start: now, cpu: cpu ?? 0, refusedProcesses: group?.refusedProcesses ?? 0)
    watch = TimeWatch(start: now, limits: limits, processors: Self.processors)
    timer.arm(at: now)
  }

  /// Stops watching the time, until `begin`.
  mutating func rest() {
    watch = nil
    timer.arm(at: nil)
  }

  private mutating func readPipes(_ buffer: UnsafeMutableRawBufferPointer) {
    while true {
      let count = report.read(into: buffer)
      if count == 0 { break }
      reports.receiveReport(buffer[..<count])
    }
    while true {
      let count = info.read(into: buffer)
      if count == 0 { break }
      reports.receiveInfo(buffer[..<count])
    }
    Self.read(&output, into: &stdout, &budget, buffer)
    Self.read(&errors, into: &stderr, &budget, buffer)
  }

  private static func read(
    _ pipe: inout InboundPipe, into bytes: inout [UInt8], _ budget: inout OutputBudget,
    _ buffer: UnsafeMutableRawBufferPointer
  ) {
    while !budget.isExceeded {
      let count = pipe.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<budget.readSize]))
      if count == 0 { return }
      bytes.append(contentsOf: buffer[..<budget.admit(count)])
    }
  }

  mutating func tick(_ now: MonotonicInstant) throws(SandboxError) {
    if isKilled {
      if now >= patienceEnds { try killHarder(now) }
      return
    }
    if watch == nil, let started = reports.started {
      watch = TimeWatch(
        start: started.instant, limits: limits, processors: Self.processors)
    }
    guard let watch else {
      if now >= patienceEnds { kill(now) }
      return
    }
    if group == nil, tree.isDue(at: now), let first = reports.firstProcess {
      tree.note(ProcessTree.reading(below: first))
    }
    // The count is not read before it can matter: most programs end until then.
    let used = now < watch.firstCheck ? (now - watch.start) * watch.processors : cpuUsed
    switch watch.decide(at: now, cpuUsed: used) {
    case _ where budget.isExceeded || tree.exceeded != nil: kill(now, for: tree.exceeded ?? .output)
    case .stop(let limit): kill(now, for: limit)
    case .wait(let instant): timer.arm(at: group == nil ? tree.wait(until: instant, at: now) : instant)
    }
  }

  /// CPU nanoseconds of the program so far, without what setting up its sandbox took.
  private var cpuUsed: Int64 {
    guard let total = group?.cpuNanoseconds else { return max(0, tree.cpu - (baseline?.cpu ?? 0)) }
    return max(0, total - (baseline?.cpu ?? reports.started?.setupCPU ?? 0))
  }

  private static let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))

  /// Kills the sandbox's first process, upon which the kernel kills all others in it before bubblewrap can end.
  mutating func kill(_ now: MonotonicInstant, for limit: SandboxLimit? = nil) {
    isKilled = true
    stoppedBy = limit
    patienceEnds = now + Self.killPatience
    timer.arm(at: patienceEnds)
    child.kill(first: reports.firstProcess)
  }

  private mutating func killHarder(_ now: MonotonicInstant) throws(SandboxError) {
    guard harderRounds < 3 else {
      throw SandboxError(
        .cleanup, "a sandbox does not end although it was killed; its processes may hang in the kernel")
    }
    harderRounds += 1
    patienceEnds = now + Self.killPatience
    timer.arm(at: patienceEnds)
    child.kill()
    group?.killAll()
  }

  private consuming func conclude(at now: MonotonicInstant) throws(SandboxError) -> SandboxOutcome {
    let ended: (end: ProcessEnd, cpu: Int64)?
    do throws(SystemCallError) {
      ended = try child.conclude()
    } catch {
      throw SandboxError(.cleanup, "\(error)")
    }
    // All processes of the sandbox are gone, so another may have the network.
    network?.release()
    let memoryKills = group?.memoryKills ?? 0
    guard let started = reports.started else {
      throw setupError(ended?.end, memoryKills: memoryKills)
    }
    if reports.ended == nil && !isKilled && memoryKills == 0 {
      throw SandboxError(
        child.isPlain ? .lost : .setup,
        "the sandbox was ended from outside: its first program \(ended?.end.phrase ?? "ended")")
    }
    let peak = group?.peakMemoryBytes ?? tree.peakMemoryBytes
    var outcome = RunFacts(
      start: baseline?.start ?? started.instant, finish: reports.ended?.instant ?? now, end: reports.ended?.end,
      cpu: cpu(total: ended?.cpu),
      // Pages of shared libraries count for the group that read them first, so a group may have held less than one
      // of its processes.
      peakMemoryBytes: max(peak, reports.ended?.peakMemoryBytes ?? 0),
      memoryKills: memoryKills + (tree.exceeded == .memory ? 1 : 0),
      refusedProcesses: refusedProcesses + (tree.exceeded == .processes ? 1 : 0),
      outputExceeded: budget.isExceeded
    ).outcome(limits, stdout: stdout, stderr: stderr)
    outcome.jailEnd = child.isPlain ? ended?.end : nil
    return outcome
  }

  private var refusedProcesses: Int {
    (group?.refusedProcesses ?? 0) - (baseline?.refusedProcesses ?? 0)
  }

  /// CPU nanoseconds of the program; `total` is what bubblewrap and everything below it took, as wait(2) tells.
  private func cpu(total: Int64?) -> Int64 {
    guard let used = group?.cpuNanoseconds else {
      return max(0, (reports.ended?.cpu ?? max(tree.cpu, total ?? 0)) - (baseline?.cpu ?? 0))
    }
    // Of what is counted from the start of the work, next to nothing is bubblewrap's or rce-init's.
    let counted = max(0, used - (baseline?.cpu ?? reports.started?.setupCPU ?? 0))
    if baseline != nil { return counted }
    guard let program = reports.ended?.cpu, let total else { return max(counted, reports.ended?.cpu ?? 0) }
    // The group counts bubblewrap and rce-init, too. What they took is the total without the program; the rest is
    // exact even where a program hides its children from wait(2) by ignoring SIGCHLD.
    return max(program, used - max(0, total - program))
  }

  private func setupError(_ end: ProcessEnd?, memoryKills: Int) -> SandboxError {
    if let failure = reports.failure {
      return SandboxError(.setup, "the program cannot be started: \(String(cString: strerror(failure)))")
    }
    if memoryKills > 0 {
      return SandboxError(.setup, "\(limits.memoryBytes >> 20) MiB of memory do not suffice to set up a sandbox")
    }
    if isKilled {
      return SandboxError(.setup, "the sandbox was not set up within 10 s")
    }
    let words = String(decoding: stderr, as: UTF8.self).split(separator: "\n").first.map(String.init)
    return SandboxError(.setup, words ?? "it \(end?.phrase ?? "ended at once")")
  }
}
