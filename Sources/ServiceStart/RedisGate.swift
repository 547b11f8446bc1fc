import Glibc
import HostSystem
public import Redis

/// Lets a program start when Redis answers.
public enum RedisGate {
  /// Waits for so many seconds at most; 0 tries once.
  public static func pass(_ address: RedisAddress, waitingSeconds: Int) throws(StartFailure) {
    let deadline = MonotonicInstant.now + Int64(waitingSeconds) * 1_000_000_000
    while let error = failure(of: address) {
      guard MonotonicInstant.now < deadline, error.isTransient else {
        let hint = waitingSeconds == 0 && error.isTransient ? " To wait for it, pass --wait-for-redis SECONDS." : ""
        throw StartFailure("\(error)\(hint)", exitCode: StartFailure.unreachable)
      }
      usleep(50_000)
    }
  }

  private static func failure(of address: RedisAddress) -> RedisError? {
    do throws(RedisError) {
      var connection = try RedisConnection(to: address)
      _ = try connection.send(["PING"])
      return nil
    } catch {
      return error
    }
  }
}
