import Jobs
public import Statistics

extension JobRecord {
  /// The job's value in a series; nil where the job has none or an instant is not known.
  ///
  /// A job that never finished has its age as e2e and as service, censored. A job that was refused or never sent has
  /// neither: it did not wait for a result, and its outcome says what happened to it.
  public func value(of series: Series, on clock: RunClock) -> SeriesValue? {
    switch series {
    case .e2e: return untilResult(from: t0)
    case .service: return untilResult(from: t1)
    case .lateness: return Self.between(t0, t1)
    case .submit: return Self.between(t1, t4)
    case .queueWait: return platform(timings?.s1, timings?.s2)
    case .coldStart: return waitedForEnvironment == true ? platform(timings?.s2, timings?.s3) : nil
    case .compile: return platform(timings?.s3, timings?.s4)
    case .run: return platform(timings?.s4, timings?.s5)
    case .publish: return platform(timings?.s5, timings?.s6)
    case .notice: return Self.between(timings?.s6.map(clock.nanoseconds), t6)
    case .residual: return Decomposition(self, on: clock).map { SeriesValue(nanoseconds: $0[.residual]) }
    }
  }

  /// The bounds of the job's wait in the queue in nanoseconds, from the states that polling saw; nil where the platform
  /// tells the instants itself, or where no status read saw the job.
  ///
  /// The wait began when the submission was on its way, between t3 and t4. It ended after the last read that found the
  /// job queued was sent, and before the first that found it no longer queued was answered.
  public var queueWaitBracket: ClosedRange<Int64>? {
    guard timings?.s1 == nil || timings?.s2 == nil, let t3, let t4, let startedBy else { return nil }
    let lower = queuedAt.map { max(0, $0 - t4) } ?? 0
    return lower...max(lower, startedBy - t3)
  }

  /// Whether the job waited for an environment to start; nil where the platform does not tell.
  public var waitedForEnvironment: Bool? {
    if let declared = timings?.coldStart { return declared }
    guard let s2 = timings?.s2, let s3 = timings?.s3 else { return nil }
    return s3 > s2
  }

  /// Whether the job's place is in e2e: not for one that was refused or never sent.
  public var wasAwaited: Bool { outcome != .rejected && outcome != .dropped }

  private func untilResult(from start: Int64?) -> SeriesValue? {
    guard wasAwaited, let start else { return nil }
    if let t7 { return SeriesValue(nanoseconds: t7 - start) }
    return SeriesValue(nanoseconds: max(0, endedAt - start), isCensored: true)
  }

  private func platform(_ start: Int64?, _ end: Int64?) -> SeriesValue? {
    guard let start, let end else { return nil }
    return SeriesValue(nanoseconds: RunClock.difference(end, start) * 1_000)
  }

  private static func between(_ start: Int64?, _ end: Int64?) -> SeriesValue? {
    guard let start, let end else { return nil }
    return SeriesValue(nanoseconds: end - start)
  }
}

extension Sample {
  /// The sample of a series over records.
  public init(_ series: Series, of records: some Sequence<JobRecord>, on clock: RunClock) {
    var collector = SampleCollector()
    for record in records {
      guard let value = record.value(of: series, on: clock) else { continue }
      collector.add(value.nanoseconds, isCensored: value.isCensored)
    }
    self = collector.sample
  }
}
