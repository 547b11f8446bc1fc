import Jobs
import Redis

/// A job's status as the fields of its hash.
enum StatusRecord {
  /// What the end of a job adds to the record.
  static func fields(of status: JobStatus) throws(BackendError) -> [(name: String, value: RedisArgument)] {
    var fields = [(name: "state", value: RedisArgument(status.status.rawValue))]
    if let result = status.result { fields.append((name: "result", value: RedisArgument(result))) }
    if let error = status.error { fields.append((name: "error", value: RedisArgument(error))) }
    if let details = status.details {
      fields.append((name: "details", value: RedisArgument(try JSON.encode(details))))
    }
    if let timings = status.timings {
      fields.append((name: "timings", value: RedisArgument(try JSON.encode(timings))))
    }
    return fields
  }

  /// Reads a record; nil where it is not one.
  static func status(of job: JobID, _ fields: [String: RedisReply]) -> JobStatus? {
    guard let state = fields["state"]?.text.flatMap({ JobState(rawValue: $0) }),
      let timestamp = fields["timestamp"]?.integer, let timings = timings(fields)
    else { return nil }
    var status = JobStatus(
      jobId: job, status: state, result: fields["result"]?.text, error: fields["error"]?.text, timestamp: timestamp,
      timings: timings)
    if let details = fields["details"]?.bytes {
      guard let decoded = try? JSON.decode(ExecutionDetails.self, from: details) else { return nil }
      status.details = decoded
    }
    return status
  }

  /// What dispatch knew, with the instants that the store itself has set.
  private static func timings(_ fields: [String: RedisReply]) -> JobTimings? {
    var timings = JobTimings()
    if let bytes = fields["timings"]?.bytes {
      guard let decoded = try? JSON.decode(JobTimings.self, from: bytes) else { return nil }
      timings = decoded
    }
    timings.s0 = fields["s0"]?.integer ?? timings.s0
    timings.s1 = fields["s1"]?.integer ?? timings.s1
    timings.s6 = fields["s6"]?.integer ?? timings.s6
    return timings
  }
}
