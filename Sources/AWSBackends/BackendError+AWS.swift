package import AWSServices
package import JobBackends

extension BackendError {
  /// Says what could not be done because of a service; what a later try may mend is `unavailable`.
  package init(_ failure: AWSError, doing task: String) {
    self.init(failure.isTransient ? .unavailable : .invalid, "cannot \(task): \(failure)")
  }

  static func of<Result>(
    _ task: @autoclosure () -> String, _ body: () throws(AWSError) -> Result
  ) throws(BackendError) -> Result {
    do throws(AWSError) {
      return try body()
    } catch {
      throw BackendError(error, doing: task())
    }
  }
}
