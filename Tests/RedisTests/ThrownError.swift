import Redis
import TestServices

/// The error that a body throws.
func redisError(_ body: () throws -> Void) throws -> RedisError {
  do {
    try body()
  } catch let error as RedisError {
    return error
  }
  throw ServiceError("no error was thrown")
}
