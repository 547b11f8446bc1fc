import FoundationEssentials
import HostSystem
public import JobBackends
public import JobDispatch
public import Logging
public import Redis

/// The register of hosts on one queue: each says now and then that it is alive, and takes over what dead ones held.
///
/// Without it a message that a host held when it was killed would come again only after the visibility timeout. A host
/// that died on this machine is known at once, also right after a restart; one elsewhere after ten seconds of silence.
public final class HostRegister: Sendable {
  /// This host's name, and its consumer name in the queue.
  public let name: String
  private let identity: HostIdentity
  private let pool: RedisPool
  private let keys: [RedisArgument]
  private let logger: Logger
  private let state: Lock<State>

  private struct State {
    /// Since when the register could be reached without a break; nil where it cannot.
    var watchedSince: MonotonicInstant?
    var thread: NativeThread?
  }

  private static let interval = Duration.seconds(2)

  /// A register that this host is not on yet.
  public init(_ pool: RedisPool, _ configuration: PlatformConfiguration, logger: Logger) throws {
    identity = try HostIdentity.own()
    name = identity.description
    self.pool = pool
    keys = [RedisArgument(configuration.hostsKey), RedisArgument(configuration.hostReportsKey)]
    self.logger = logger
    state = Lock(State())
  }

  /// Enters this host, takes over what dead hosts held, and goes on doing so on a thread of its own.
  ///
  /// - Parameter describe: what this host says of itself; asked for each sign of life.
  public func start(
    recovering queue: RedisStreamQueue, until stop: StopSignal,
    describing describe: @escaping @Sendable () -> HostReport
  ) throws {
    try beat(queue, describe(), isFirst: true)
    let thread = try NativeThread(named: "register") { [self] in
      while !stop.pause(Self.interval) {
        do {
          try beat(queue, describe(), isFirst: false)
        } catch {
          state.withLock { $0.watchedSince = nil }
        }
      }
    }
    state.withLock { $0.thread = thread }
  }

  /// Takes this host off the register, so that others take over at once what it still holds; the stop signal must be
  /// raised.
  public func leave() {
    state.withLock { $0.thread.take() }?.join()
    try? forget([name])
  }

  private func beat(_ queue: RedisStreamQueue, _ own: HostReport, isFirst: Bool) throws {
    let entries = try report([UInt8](try JSONEncoder().encode(own)))
    let now = MonotonicInstant.now
    let watched = state.withLock { state in
      let since = state.watchedSince ?? now
      state.watchedSince = since
      return Int((now - since) / 1_000_000)
    }
    let alive = HostCensus.alive(entries, patience: RedisHostDirectory.patience, watched: watched) { name in
      HostIdentity(name)?.isGone(seenFrom: identity) ?? false
    }
    let dead = entries.map(\.name).filter { !alive.contains($0) }
    guard isFirst || !dead.isEmpty else { return }
    let recovered = try queue.recoverPending(ofConsumersNotIn: alive)
    try forget(dead)
    if recovered > 0 {
      logger.notice("Took over messages of hosts that are gone", metadata: ["messages": "\(recovered)"])
    }
  }

  /// Says that this host is alive, by the server's clock, and reads what the others said.
  private static let report = RedisScript(
    "report to the register of hosts",
    """
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    redis.call('ZADD', KEYS[1], now, ARGV[1])
    redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
    local entries = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
    for i = 2, #entries, 2 do entries[i] = math.max(0, now - tonumber(entries[i])) end
    return entries
    """)

  private func report(_ own: [UInt8]) throws(RedisError) -> [HostCensus.Entry] {
    let reply = try pool.withConnection { [keys, name] connection throws(RedisError) in
      try connection.run(Self.report, keys: keys, [RedisArgument(name), RedisArgument(own)])
    }
    let parts = reply.array ?? []
    return stride(from: 0, to: parts.count - 1, by: 2).compactMap { index in
      guard let name = parts[index].text, let silence = parts[index + 1].integer else { return nil }
      return HostCensus.Entry(name: name, silence: Int(silence))
    }
  }

  private func forget(_ names: [String]) throws(RedisError) {
    guard !names.isEmpty else { return }
    let names = names.map { RedisArgument($0) }
    _ = try pool.withConnection { [keys] connection throws(RedisError) in
      _ = try connection.send(["ZREM", keys[0]] + names)
      return try connection.send(["HDEL", keys[1]] + names)
    }
  }
}
