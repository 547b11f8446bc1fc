import Jobs

/// Reads the usual answers of a platform with this product's contract in one pass, without a decoder.
///
/// Exact where it succeeds; nil sends the caller to the decoder, which knows every other case.
enum AnswerReading {
  /// The id in the answer to a submission.
  static func jobID(in body: [UInt8]) -> String? {
    var id: String?
    let isRead = read(body) { key, value in
      guard key.is("jobId") else { return value.skip() }
      guard id == nil else { return false }
      id = value.string()
      return id != nil
    }
    return isRead ? id : nil
  }

  /// A status.
  static func status(in body: [UInt8]) -> StatusAnswer? {
    var state: JobState?
    var answer = StatusAnswer(state: .queued)
    let isRead = read(body) { key, value in
      if key.is("status") {
        guard state == nil, let text = value.string() else { return false }
        state = JobState(rawValue: text)
        return state != nil
      }
      if key.is("result") { return string(&value, &answer.result) }
      if key.is("error") { return string(&value, &answer.error) }
      if key.is("details") { return details(&value, &answer.details) }
      if key.is("timings") { return timings(&value, &answer.timings) }
      return value.skip()
    }
    guard isRead, let state else { return nil }
    answer.state = state
    return answer
  }

  private static func read(
    _ body: [UInt8], _ field: (_ key: UnsafeRawBufferPointer, _ value: inout JSONCursor) -> Bool
  ) -> Bool {
    body.withUnsafeBufferPointer { bytes in
      var cursor = JSONCursor(bytes)
      return cursor.wholeObject(field)
    }
  }

  private static func details(_ value: inout JSONCursor, _ result: inout StatusDetails?) -> Bool {
    if value.isNull() { return result == nil }
    guard result == nil else { return false }
    var details = StatusDetails()
    let isRead = value.object { key, value in
      if key.is("errorType") { return string(&value, &details.errorType) }
      if key.is("exitCode") { return integer(&value, &details.exitCode) }
      if key.is("signal") { return integer(&value, &details.signal) }
      if key.is("cpuTimeMs") { return double(&value, &details.cpuTimeMs) }
      if key.is("peakMemoryBytes") { return integer(&value, &details.peakMemoryBytes) }
      if key.is("stdout") {
        guard details.stdout == nil, let text = value.string() else { return false }
        details.stdout = CapturedOutput(Array(text.utf8))
        return true
      }
      return value.skip()
    }
    result = details
    return isRead
  }

  private static func timings(_ value: inout JSONCursor, _ result: inout JobTimings?) -> Bool {
    if value.isNull() { return result == nil }
    guard result == nil else { return false }
    var timings = JobTimings()
    let isRead = value.object { key, value in
      if key.count == 2, key[0] == UInt8(ascii: "s") { return instant(key[1], &value, &timings) }
      if key.is("coldStart") { return truth(&value, &timings.coldStart) }
      if key.is("start") { return start(&value, &timings.start) }
      if key.is("environmentId") { return string(&value, &timings.environmentId) }
      if key.is("attempt") { return integer(&value, &timings.attempt) }
      if key.is("billedMs") { return integer(&value, &timings.billedMs) }
      if key.is("memoryMB") { return integer(&value, &timings.memoryMB) }
      return value.skip()
    }
    result = timings
    return isRead
  }

  private static func instant(_ digit: UInt8, _ value: inout JSONCursor, _ timings: inout JobTimings) -> Bool {
    switch digit {
    case UInt8(ascii: "0"): long(&value, &timings.s0)
    case UInt8(ascii: "1"): long(&value, &timings.s1)
    case UInt8(ascii: "2"): long(&value, &timings.s2)
    case UInt8(ascii: "3"): long(&value, &timings.s3)
    case UInt8(ascii: "4"): long(&value, &timings.s4)
    case UInt8(ascii: "5"): long(&value, &timings.s5)
    case UInt8(ascii: "6"): long(&value, &timings.s6)
    default: value.skip()
    }
  }

  // MARK: A value that comes once, or null

  private static func string(_ value: inout JSONCursor, _ result: inout String?) -> Bool {
    if value.isNull() { return result == nil }
    guard result == nil else { return false }
    result = value.string()
    return result != nil
  }

  private static func start(_ value: inout JSONCursor, _ result: inout StartKind?) -> Bool {
    if value.isNull() { return result == nil }
    guard result == nil else { return false }
    result = value.string().flatMap(StartKind.init(rawValue:))
    return result != nil
  }

  private static func long(_ value: inout JSONCursor, _ result: inout Int64?) -> Bool {
    if value.isNull() { return result == nil }
    guard result == nil else { return false }
    result = value.integer()
    return result != nil
  }

  private static func integer(_ value: inout JSONCursor, _ result: inout Int?) -> Bool {
    if value.isNull() { return result == nil }
    guard result == nil else { return false }
    result = value.integer().map { Int($0) }
    return result != nil
  }

  private static func double(_ value: inout JSONCursor, _ result: inout Double?) -> Bool {
    if value.isNull() { return result == nil }
    guard result == nil else { return false }
    result = value.double()
    return result != nil
  }

  private static func truth(_ value: inout JSONCursor, _ result: inout Bool?) -> Bool {
    if value.isNull() { return result == nil }
    guard result == nil else { return false }
    result = value.truth()
    return result != nil
  }
}
