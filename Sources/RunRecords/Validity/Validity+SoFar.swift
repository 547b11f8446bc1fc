extension Validity {
  /// Seconds that a run in progress is judged by: an hour.
  private static let lookedAt = 3_600

  /// The checks that can be made while a run goes on, as they stand; the report makes them all.
  ///
  /// - Parameters:
  ///   - samples: the seconds so far, of which the last hour counts.
  ///   - lateness: p99 of the generator's own delay in nanoseconds; nil where there are too few jobs to say.
  ///   - median: the median of end-to-end time in nanoseconds, where it is known.
  package init(soFar samples: [ValiditySample], lateness: Int64?, median: Int64?) {
    let seen = samples.suffix(Self.lookedAt)
    let limit = LatenessLimit.p99(median: median ?? 0)
    let late = lateness.map { value in
      ValidityCheck(limit.key, limit.title, Double(value) / 1e6, limit.limits, sentence: "So far.")
    }
    self.init(checks: [late].compactMap(\.self) + (seen.isEmpty ? [] : Self.generator(GeneratorReading(Array(seen)))))
  }
}
