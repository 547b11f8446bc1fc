/// A job that has been taken from the plan and has not ended.
final class LiveJob {
  var lifecycle: JobLifecycle
  let scheduled: ScheduledJob
  /// Place in the loop's table, and tag of the job's transfer.
  let slot: Int
  /// Number of the wake-up that counts; others are void.
  var wake = 0
  /// The transfer in progress is held open by the platform.
  var isHeldOpen = false
  /// The platform's id is this job's alone.
  var ownsID = false

  init(_ lifecycle: JobLifecycle, _ scheduled: ScheduledJob, slot: Int) {
    self.lifecycle = lifecycle
    self.scheduled = scheduled
    self.slot = slot
  }
}

/// Jobs by small numbers that are used again.
struct JobTable {
  private var jobs: [LiveJob?] = []
  private var free: [Int] = []
  private(set) var count = 0

  subscript(slot: Int) -> LiveJob? { jobs[slot] }

  /// The jobs, in no particular order.
  var all: [LiveJob] { jobs.compactMap(\.self) }

  /// Makes a job with the place that it gets.
  mutating func insert(_ make: (_ slot: Int) -> LiveJob) -> LiveJob {
    let slot = free.popLast() ?? jobs.count
    let job = make(slot)
    if slot == jobs.count { jobs.append(job) } else { jobs[slot] = job }
    count += 1
    return job
  }

  mutating func remove(_ job: LiveJob) {
    guard jobs[job.slot] === job else { return }
    jobs[job.slot] = nil
    free.append(job.slot)
    count -= 1
  }
}
