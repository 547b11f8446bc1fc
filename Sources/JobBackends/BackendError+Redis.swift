public import Redis

extension BackendError {
  /// Says what could not be done because of Redis; what a later try may mend is `unavailable`.
  public init(_ failure: RedisError, doing task: String) {
    self.init(failure.isTransient ? .unavailable : .invalid, "cannot \(task): \(failure)")
  }

  /// An answer of Redis that does not have the shape that was asked for.
  static func unreadable(_ what: String, from address: RedisAddress) -> Self {
    Self(
      .invalid,
      "cannot read \(what) in Redis at \(address): it was written by another program or another version; "
        + "choose another key prefix or remove it")
  }
}

extension RedisPool {
  /// Lends a connection; a failure is told as a failure to do the task.
  func perform<Result: Sendable>(
    _ task: @autoclosure () -> String, _ body: (inout RedisConnection) throws(RedisError) -> Result
  ) throws(BackendError) -> Result {
    do throws(RedisError) {
      return try withConnection(body)
    } catch {
      throw BackendError(error, doing: task())
    }
  }
}
