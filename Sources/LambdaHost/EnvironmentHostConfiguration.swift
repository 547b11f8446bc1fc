/// What a host of environments is told.
public struct EnvironmentHostConfiguration: Sendable {
  /// The rules of the pool.
  public var pool: PoolConfiguration
  /// How an environment is started.
  public var launch: ExecutorLaunch
  /// Each environment has a Runtime API of its own at a plain `host:port`, as on Lambda.
  ///
  /// For bootstraps that take nothing else. Otherwise they share one, and a secret in the path tells them apart, which
  /// programs that know only the port cannot guess.
  public var hasOwnDoors = false

  /// Rules and a program.
  public init(pool: PoolConfiguration, launch: ExecutorLaunch) {
    self.pool = pool
    self.launch = launch
  }
}
