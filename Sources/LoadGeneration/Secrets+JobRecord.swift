import RunRecords
import Scenarios

extension Secrets {
  /// A record without the secrets that a platform has repeated in what it said.
  private func redacting(_ record: JobRecord) -> JobRecord {
    guard record.excerpt != nil || record.jobId != nil else { return record }
    var record = record
    record.excerpt = record.excerpt.map(redacting)
    record.jobId = record.jobId.map(redacting)
    return record
  }

  /// A sink for records that never sees a secret.
  func hidingIn(_ sink: @escaping @Sendable ([JobRecord]) -> Void) -> @Sendable ([JobRecord]) -> Void {
    guard !isEmpty else { return sink }
    return { records in sink(records.map { redacting($0) }) }
  }
}
