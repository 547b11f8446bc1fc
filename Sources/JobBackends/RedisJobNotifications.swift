import Glibc
import HostSystem
public import Jobs
public import Redis

/// News of ended jobs from the channel that the status store publishes them on.
public final class RedisJobNotifications: JobNotifications {
  private let address: RedisAddress
  private let channel: String
  private let timeouts: RedisTimeouts
  private let backoff: Backoff
  private let listener = Lock<Listener?>(nil)

  private struct Listener {
    let thread: NativeThread
    let stop: StopFlag
  }

  /// Shared by the thread that listens and the one that stops it.
  private final class StopFlag: Sendable {
    let event: EventDescriptor

    init() throws(SystemCallError) {
      event = try EventDescriptor()
    }
  }

  /// News of the jobs of one platform; nothing happens before `start`.
  public init(
    _ address: RedisAddress, _ configuration: PlatformConfiguration, timeouts: RedisTimeouts = .init(),
    backoff: Backoff = .init()
  ) {
    self.address = address
    self.timeouts = timeouts
    self.backoff = backoff
    channel = configuration.finishedChannel
  }

  deinit { stop() }

  /// Listens on a thread of its own until `stop`; a server that cannot be reached is tried again and again.
  ///
  /// `resynchronise` is called each time that listening has begun, the first included: ends before it went unheard.
  public func start(
    finished: @escaping @Sendable (JobID) -> Void, resynchronise: @escaping @Sendable () -> Void
  ) throws(BackendError) {
    precondition(listener.withLock { $0 == nil }, "notifications are started once")
    do throws(SystemCallError) {
      let stop = try StopFlag()
      let source = Source(address: address, channel: channel, timeouts: timeouts, backoff: backoff)
      let thread = try NativeThread(named: "redis-news") {
        source.listen(unless: stop.event, finished, resynchronise)
      }
      listener.withLock { $0 = Listener(thread: thread, stop: stop) }
    } catch {
      throw BackendError(
        .unavailable, "cannot listen for ended jobs: \(error); raise the limit of open files or threads")
    }
  }

  /// Stops listening and waits for the thread to end.
  public func stop() {
    guard let listener = listener.withLock({ $0.take() }) else { return }
    listener.stop.event.raise()
    listener.thread.join()
  }

  /// Everything that the thread needs; it holds no reference to its owner, which ends it in `deinit`.
  private struct Source: Sendable {
    let address: RedisAddress
    let channel: String
    let timeouts: RedisTimeouts
    let backoff: Backoff

    func listen(
      unless stop: borrowing EventDescriptor, _ finished: (JobID) -> Void, _ resynchronise: () -> Void
    ) {
      var pauses = backoff
      while true {
        do throws(RedisError) {
          var subscriber = try RedisSubscriber(to: address, channels: [channel], timeouts: timeouts)
          pauses.reset()
          resynchronise()
          while let message = try subscriber.next(unless: stop) {
            if let job = JobID(String(decoding: message.payload, as: UTF8.self)) { finished(job) }
          }
          return
        } catch {
          // The callers are not told: they fall back to asking, and hear `resynchronise` when the news is back.
          if Self.isRaised(stop, within: pauses.next()) { return }
        }
      }
    }

    private static func isRaised(_ stop: borrowing EventDescriptor, within pause: Duration) -> Bool {
      var entry = pollfd(fd: stop.number, events: Int16(POLLIN), revents: 0)
      let milliseconds = pause.components.seconds * 1_000 + pause.components.attoseconds / 1_000_000_000_000_000
      while true {
        let count = poll(&entry, 1, Int32(clamping: milliseconds))
        if count >= 0 || errno != EINTR { return count > 0 }
      }
    }
  }
}
