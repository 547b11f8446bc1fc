/// What a host of environments is told.
public struct EnvironmentHostConfiguration: Sendable {
  /// The rules of the pool.
  public var pool: PoolConfiguration
  /// How an environment is started.
  public var launch: ExecutorLaunch

  /// Rules and a program.
  public init(pool: PoolConfiguration, launch: ExecutorLaunch) {
    self.pool = pool
    self.launch = launch
  }
}
