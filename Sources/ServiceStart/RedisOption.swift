import ArgumentParser
public import Redis

/// The option `--redis` of every program that has it.
///
/// A login in it shows in the list of processes, which a variable (`RCE_API_REDIS`, `RCE_HOST_REDIS`) does not.
public enum RedisOption {
  /// Where a server of one's own usually is.
  public static let standard = "redis://127.0.0.1:6379"

  /// For help texts.
  public static let help = """
    The Redis server: redis://HOST:PORT, rediss://HOST:PORT (TLS) or unix:/PATH. With a login it is \
    rediss://USER:PASSWORD@HOST:PORT, which belongs into the environment, where no list of processes shows it. /2 at the \
    end chooses a database, ?cacert=/PATH a private authority.
    """

  /// Reads the option's value; no error shows a login.
  public static func address(_ text: String) throws -> RedisAddress {
    do throws(RedisError) {
      return try RedisAddress(parsing: text)
    } catch {
      throw ValidationError("--redis: \(error)")
    }
  }
}
