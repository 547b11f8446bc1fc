import Curl
import HostSystem
import RunRecords
import Scenarios

extension GenerationLoop {
  /// Hands an event to a job and does what it says.
  func deliver(_ event: JobEvent, to job: LiveJob, at instant: Int64) {
    var action = job.lifecycle.handle(event, at: instant, conditions)
    if let id = job.lifecycle.record.jobId, !job.ownsID, action != .finish {
      job.ownsID = shared.ids.insert(id)
      if !job.ownsID { action = job.lifecycle.handle(.duplicateID, at: instant) }
    }
    perform(action, for: job)
  }

  private func perform(_ action: JobAction, for job: LiveJob) {
    switch action {
    case .submit: start(requests.submission(entry: job.scheduled.entry, tag: job.slot), for: job)
    case .poll(let id, let wait):
      job.isHeldOpen = wait != nil
      if job.isHeldOpen { heldOpen += 1 }
      start(requests.status(of: id, waitSeconds: wait, tag: job.slot), for: job)
    case .wake(let instant):
      wakes += 1
      job.wake = wakes
      timers.add(.init(instant: instant, slot: job.slot, wake: job.wake))
    case .finish: finish(job)
    case .none: break
    }
  }

  private func start(_ request: TransferRequest, for job: LiveJob) {
    do {
      try transfers.start(request)
    } catch {
      release(job)
      deliver(.failed(TransferFailure(label: error.label, times: TransferInstants(done: now))), to: job, at: now)
    }
  }

  private func finish(_ job: LiveJob) {
    transfers.cancel(tag: job.slot)
    release(job)
    let record = job.lifecycle.record
    if job.ownsID, let id = record.jobId { shared.ids.remove(id) }
    if record.t1 != nil {
      // At the end itself and not when the loop came to see it: for jobs of microseconds the two differ by a tenth.
      inFlight.change(by: -1, at: record.endedAt)
      givePlaceBack()
    }
    jobs.remove(job)
    scheduler.ended(job.scheduled, at: record.endedAt)
    records.write(record)
  }

  /// The job's transfer is over, so that its connection may be held open by another.
  private func release(_ job: LiveJob) {
    guard job.isHeldOpen else { return }
    job.isHeldOpen = false
    heldOpen -= 1
  }

  // MARK: Transfers

  /// Moves bytes until nothing can be moved without waiting, and tells the jobs what came of it.
  func exchange() {
    var isIdle = false
    while !isIdle {
      transfers.perform()
      isIdle = true
      while let report = transfers.nextReport() {
        isIdle = false
        receive(report)
      }
    }
  }

  private func receive(_ report: TransferReport) {
    guard let job = jobs[report.tag] else { return }
    release(job)
    if job.lifecycle.record.jobId == nil {
      job.lifecycle.noteRepetitions(
        requests.repetitions(
          ofEntry: job.scheduled.entry, bytes: report.requestBytes, isAnswered: (try? report.result.get()) != nil))
    }
    let times = instants(report.times)
    switch report.result {
    case .success(let answer):
      if let cap = answer.headers["job-wait-max-seconds"].flatMap({ Int($0) }) { waitCapSeconds = max(cap, 0) }
      let answer = JobAnswer(
        status: answer.status, body: answer.body,
        retryAfterSeconds: answer.headers["retry-after"].flatMap { RetryAfter.seconds($0) }, times: times,
        bytes: report.bodyBytes)
      deliver(.answered(answer), to: job, at: now)
    case .failure(let error):
      let failure = TransferFailure(label: error.label, wasMangled: error.isAboutTheAnswer, times: times)
      deliver(.failed(failure), to: job, at: now)
    }
  }

  private func instants(_ times: TransferTimes) -> TransferInstants {
    // libcurl counts from its own start, which comes a little after ours; the sum must not pass the present.
    let offset = MonotonicInstant.now.nanoseconds - now
    return TransferInstants(
      connected: times.connected.map { $0.nanoseconds - offset }, sent: times.sent.map { $0.nanoseconds - offset },
      firstByte: times.firstByte.map { $0.nanoseconds - offset }, done: times.done.nanoseconds - offset)
  }
}
