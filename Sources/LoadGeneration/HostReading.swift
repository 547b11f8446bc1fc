package import RunRecords

/// How the processors and some threads have spent their time up to an instant.
package struct HostReading: Sendable {
  /// Nanoseconds since the run's start.
  package var instant: Int64
  package var processors: ProcessorTimes?
  /// Each thread in the order in which they were named; nil for one that has ended or that the system does not tell of.
  package var threads: [ThreadSchedule?]

  package init(instant: Int64, processors: ProcessorTimes?, threads: [ThreadSchedule?]) {
    self.instant = instant
    self.processors = processors
    self.threads = threads
  }

  /// Reads /proc for threads as `ProcessFile.thisThread` names them.
  init(threads: [String], at instant: Int64) {
    self.init(
      instant: instant, processors: ProcessFile.text(of: "/proc/stat").flatMap(ProcessorTimes.init(parsing:)),
      threads: threads.map { thread in
        ProcessFile.text(of: "/proc/\(thread)/schedstat").flatMap(ThreadSchedule.init(parsing:))
      })
  }

  /// The shares of the time since an earlier reading; a thread that began or ended in between has none.
  package func sample(since earlier: Self) -> ValiditySample {
    var sample = ValiditySample(second: 0)
    if let shares = earlier.processors.flatMap({ processors?.shares(since: $0) }) {
      (sample.hostIdle, sample.steal) = (shares.idle, shares.steal)
    }
    let length = Double(max(instant - earlier.instant, 1))
    sample.loops = zip(threads, earlier.threads).compactMap { now, before in
      guard let now, let before else { return nil }
      return ValiditySample.Loop(
        cpuShare: Double(now.running - before.running) / length,
        waitingShare: Double(now.waiting - before.waiting) / length)
    }
    return sample
  }
}
