package import AWSServices
package import JobBackends
package import Jobs

/// Source texts as objects named after their job; the bucket's lifecycle rule removes old ones.
package struct S3CodeStore: CodeStore {
  private let bucket: S3
  private let prefix: String

  /// A store in a bucket, under a prefix such as `jobs/`.
  package init(_ bucket: S3, prefix: String) {
    self.bucket = bucket
    self.prefix = prefix
  }

  /// Keeps a program for a job, replacing one that it had.
  package func put(_ code: String, for job: JobID) throws(BackendError) {
    try BackendError.of("keep the code of job \(job)") { () throws(AWSError) in
      try bucket.put("\(prefix)\(job)", Array(code.utf8), contentType: "text/plain; charset=utf-8")
    }
  }

  /// The program, or nil where it is unknown or has expired.
  package func code(of job: JobID) throws(BackendError) -> String? {
    do throws(AWSError) {
      return String(decoding: try bucket.get("\(prefix)\(job)"), as: UTF8.self)
    } catch {
      // Who may not list the bucket is told "denied" of an object that is not there.
      if error.code == "NoSuchKey" || error.kind == .denied { return nil }
      throw BackendError(error, doing: "read the code of job \(job)")
    }
  }

  /// Forgets a program; one that is unknown is no error.
  package func remove(_ job: JobID) throws(BackendError) {
    try BackendError.of("remove the code of job \(job)") { () throws(AWSError) in
      try bucket.delete("\(prefix)\(job)")
    }
  }
}
