import Jobs

/// Job records in little more than a hundred bytes each, so that a million of them fit where a report is made.
struct JobPack: Sendable {
  private struct Chunk: Sendable {
    var bytes: [UInt8]
    var starts: [UInt32]
  }

  private struct Words: Sendable {
    var phases = Interned<String>()
    var entries = Interned<String>()
    var languages = Interned<Language>()
    var outcomes = Interned<JobOutcome>()
    var states = Interned<JobState>()
    var errorTypes = Interned<ErrorType>()
    var reasons = Interned<String>()
    var starts = Interned<StartKind>()
    var environments = Interned<String>()
  }

  private static let chunkSize = 4_096

  private var full: [Chunk] = []
  private var encoder = PackEncoder()
  private var starts: [UInt32] = []
  private var words = Words()
  private var origin: Int64 = 0

  /// Records in the pack.
  var count: Int { full.count * Self.chunkSize + starts.count }

  mutating func append(_ record: JobRecord) {
    starts.append(UInt32(encoder.bytes.count))
    encode(record)
    guard starts.count == Self.chunkSize else { return }
    // A copy has just the size that it needs, where the encoder's own array has room to grow.
    full.append(Chunk(bytes: Array(encoder.bytes[...]), starts: starts))
    encoder.clear()
    starts.removeAll(keepingCapacity: true)
  }

  /// The record that was appended as the n-th, from 0.
  subscript(position: Int) -> JobRecord {
    let (chunk, place) = position.quotientAndRemainder(dividingBy: Self.chunkSize)
    return chunk < full.count
      ? decode(full[chunk].bytes, at: full[chunk].starts[place]) : decode(encoder.bytes, at: starts[place])
  }

  private mutating func encode(_ record: JobRecord) {
    if count == 1 { origin = record.timings?.s1 ?? record.timings?.s0 ?? 0 }
    encoder.begin()
    encodeWhat(record)
    encodeClient(record)
    if let timings = record.timings { encodePlatform(timings) }
    encoder.end()
  }

  private mutating func encodeWhat(_ record: JobRecord) {
    encoder.number(record.index)
    encoder.flag(record.recorded)
    encoder.number(words.phases.number(of: record.phase))
    encoder.number(words.entries.number(of: record.entry))
    encoder.number(words.languages.number(of: record.language))
    encoder.number(words.outcomes.number(of: record.outcome))
    encoder.number(record.state.map { words.states.number(of: $0) })
    encoder.number(record.errorType.map { words.errorTypes.number(of: $0) })
    encoder.number(record.reason.map { words.reasons.number(of: $0) })
    encoder.text(record.excerpt)
    encoder.identifier(record.jobId)
    encoder.number(record.httpStatus)
    encoder.number(record.polls)
    encoder.number(record.retries)
    encoder.number(record.bytes)
    encoder.real(record.cpuTimeMs)
    encoder.number(record.peakMemoryBytes)
  }

  private mutating func encodeClient(_ record: JobRecord) {
    encoder.instant(record.t0)
    encoder.instant(record.t1)
    encoder.instant(record.t2)
    encoder.instant(record.t3)
    encoder.instant(record.t4)
    encoder.instant(record.queuedAt)
    encoder.instant(record.startedBy)
    encoder.instant(record.t5)
    encoder.instant(record.t6)
    encoder.instant(record.t7)
    encoder.instant(record.endedAt)
    encoder.flag(record.timings != nil)
  }

  private mutating func encodePlatform(_ timings: JobTimings) {
    encoder.countInstants(from: origin)
    encoder.instant(timings.s0)
    encoder.instant(timings.s1)
    encoder.instant(timings.s2)
    encoder.instant(timings.s3)
    encoder.instant(timings.s4)
    encoder.instant(timings.s5)
    encoder.instant(timings.s6)
    encoder.flag(timings.coldStart != nil)
    encoder.flag(timings.coldStart == true)
    encoder.number(timings.start.map { words.starts.number(of: $0) })
    encoder.number(timings.environmentId.map { words.environments.number(of: $0) })
    encoder.number(timings.attempt)
    encoder.number(timings.billedMs)
    encoder.number(timings.memoryMB)
  }

  private func decode(_ bytes: [UInt8], at start: UInt32) -> JobRecord {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("a record has bytes") }
      var decoder = PackDecoder(base + Int(start))
      return decodeRecord(&decoder)
    }
  }

  private func decodeRecord(_ decoder: inout PackDecoder) -> JobRecord {
    let index = decoder.number()
    let recorded = decoder.flag()
    var record = JobRecord(
      index: index, phase: words.phases[decoder.number()], recorded: recorded, entry: words.entries[decoder.number()],
      language: words.languages[decoder.number()], outcome: words.outcomes[decoder.number()], t0: 0, endedAt: 0)
    decodeWhat(&record, &decoder)
    decodeClient(&record, &decoder)
    if decoder.flag() { record.timings = decodePlatform(&decoder) }
    return record
  }

  private func decodeWhat(_ record: inout JobRecord, _ decoder: inout PackDecoder) {
    record.state = decoder.numberIfKnown().map { words.states[$0] }
    record.errorType = decoder.numberIfKnown().map { words.errorTypes[$0] }
    record.reason = decoder.numberIfKnown().map { words.reasons[$0] }
    record.excerpt = decoder.textIfKnown()
    record.jobId = decoder.identifierIfKnown()
    record.httpStatus = decoder.numberIfKnown()
    record.polls = decoder.number()
    record.retries = decoder.number()
    record.bytes = decoder.number()
    record.cpuTimeMs = decoder.realIfKnown()
    record.peakMemoryBytes = decoder.numberIfKnown()
  }

  private func decodeClient(_ record: inout JobRecord, _ decoder: inout PackDecoder) {
    record.t0 = decoder.instant()
    record.t1 = decoder.instantIfKnown()
    record.t2 = decoder.instantIfKnown()
    record.t3 = decoder.instantIfKnown()
    record.t4 = decoder.instantIfKnown()
    record.queuedAt = decoder.instantIfKnown()
    record.startedBy = decoder.instantIfKnown()
    record.t5 = decoder.instantIfKnown()
    record.t6 = decoder.instantIfKnown()
    record.t7 = decoder.instantIfKnown()
    record.endedAt = decoder.instant()
  }

  private func decodePlatform(_ decoder: inout PackDecoder) -> JobTimings {
    decoder.countInstants(from: origin)
    var timings = JobTimings()
    timings.s0 = decoder.instantIfKnown()
    timings.s1 = decoder.instantIfKnown()
    timings.s2 = decoder.instantIfKnown()
    timings.s3 = decoder.instantIfKnown()
    timings.s4 = decoder.instantIfKnown()
    timings.s5 = decoder.instantIfKnown()
    timings.s6 = decoder.instantIfKnown()
    let isKnown = decoder.flag()
    let isCold = decoder.flag()
    timings.coldStart = isKnown ? isCold : nil
    timings.start = decoder.numberIfKnown().map { words.starts[$0] }
    timings.environmentId = decoder.numberIfKnown().map { words.environments[$0] }
    timings.attempt = decoder.numberIfKnown()
    timings.billedMs = decoder.numberIfKnown()
    timings.memoryMB = decoder.numberIfKnown()
    return timings
  }
}
