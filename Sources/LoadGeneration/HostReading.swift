package import RunRecords

/// How the processors and some threads have spent their time up to an instant.
package struct HostReading: Sendable {
  /// Nanoseconds since the run's start.
  package var instant: Int64
  package var processors: ProcessorTimes?
  /// The threads by number, without those that have ended or that the system does not tell of.
  package var threads: [Int: ThreadSchedule]

  package init(instant: Int64, processors: ProcessorTimes?, threads: [Int: ThreadSchedule]) {
    self.instant = instant
    self.processors = processors
    self.threads = threads
  }

  /// Reads /proc for threads as `ProcessFile.thisThread` names them.
  init(threads: [Int: String], at instant: Int64) {
    self.init(
      instant: instant, processors: ProcessFile.text(of: "/proc/stat").flatMap(ProcessorTimes.init(parsing:)),
      threads: threads.compactMapValues { thread in
        ProcessFile.text(of: "/proc/\(thread)/schedstat").flatMap(ThreadSchedule.init(parsing:))
      })
  }

  /// The shares of the time since an earlier reading; a thread that began in between has those of
  /// its whole life, and one that has ended none.
  package func sample(since earlier: Self) -> ValiditySample {
    var sample = ValiditySample(second: 0)
    if let shares = earlier.processors.flatMap({ processors?.shares(since: $0) }) {
      (sample.hostIdle, sample.steal) = (shares.idle, shares.steal)
    }
    let length = Double(max(instant - earlier.instant, 1))
    sample.loops = threads.sorted { $0.key < $1.key }.map { number, now in
      let before = earlier.threads[number]
      return ValiditySample.Loop(
        cpuShare: Double(now.running - (before?.running ?? 0)) / length,
        waitingShare: Double(now.waiting - (before?.waiting ?? 0)) / length)
    }
    return sample
  }
}
