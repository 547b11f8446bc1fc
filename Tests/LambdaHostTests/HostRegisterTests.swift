import Glibc
import HostSystem
import JobBackends
import JobDispatch
import Jobs
import LambdaHost
import Redis
import TestServices
import Testing

@Suite("The register of hosts")
struct HostRegisterTests {
  @Test(
    "counts a host as dead that is known to be gone, or silent for longer than patience while it could be heard",
    arguments: [
      (0, 60_000, false, true), (10_000, 60_000, false, true), (10_001, 60_000, false, false),
      (500_000, 9_000, false, true), (500_000, 10_001, false, false), (0, 60_000, true, false),
    ])
  func census(silence: Int, watched: Int, isGone: Bool, isAlive: Bool) {
    let alive = HostCensus.alive(
      [.init(name: "self", silence: 0), .init(name: "other", silence: silence)], patience: 10_000, watched: watched
    ) { $0 == "other" && isGone }
    #expect(alive == (isAlive ? ["self", "other"] : ["self"]))
  }

  @Test("names a process so that it can be told from every other")
  func identity() throws {
    let own = try HostIdentity.own()
    #expect(HostIdentity("\(own)") == own)
    #expect(own.process == getpid() && own.startTicks > 0 && own.boot.utf8.count == 8 && !own.namespace.isEmpty)
    #expect(!own.isGone(seenFrom: own))
    var other = own
    other.startTicks += 1
    #expect(other.isGone(seenFrom: own))
    other.process = 4_194_305
    #expect(other.isGone(seenFrom: own))
    other.boot = "00000000"
    #expect(!other.isGone(seenFrom: own))
  }

  @Test(
    "reads nothing else as a name", arguments: ["", "host-1-2-3", "host-a-b-c-d", "peer-a-1-2-3", "host-a-1-2-3-4"])
  func otherNames(text: String) {
    #expect(HostIdentity(text) == nil)
  }

  @Test("gives what a dead host of this machine held to the next one at once, and what a living one holds to nobody")
  func takeover() throws {
    let redis = try RedisServer()
    let pool = RedisPool(redis.address)
    let configuration = PlatformConfiguration()
    let platform = Platform(redis.address)
    var gone = try HostIdentity.own()
    gone.startTicks += 1
    let dead = RedisStreamQueue(pool, configuration, consumer: "\(gone)")
    // Of another machine, and heard just now.
    gone.boot = "ffffffff"
    let living = RedisStreamQueue(pool, configuration, consumer: "\(gone)")
    let now = WallClock.milliseconds
    try redis.send(["ZADD", "{rce}:hosts", RedisArgument(now), RedisArgument(dead.consumer)])
    try redis.send(["ZADD", "{rce}:hosts", RedisArgument(now), RedisArgument(living.consumer)])
    let lost = try platform.submit("lost")
    #expect(try dead.receive(waitMilliseconds: 1_000)?.message.jobId == lost)
    _ = try platform.submit("kept")
    #expect(try living.receive(waitMilliseconds: 1_000) != nil)

    let register = try HostRegister(pool, configuration, logger: .quiet)
    let queue = RedisStreamQueue(pool, configuration, consumer: register.name)
    let stop = StopSignal()
    try register.start(recovering: queue, until: stop) { Self.report(register.name) }
    let again = try #require(try queue.receive(waitMilliseconds: 1_000))
    #expect(again.message.jobId == lost && again.attempt == 2)
    #expect(try queue.receive(waitMilliseconds: 0) == nil)
    stop.raise()
    register.leave()
    let left = try redis.send(["ZRANGE", "{rce}:hosts", "0", "-1"]).array?.compactMap(\.text)
    #expect(left == [living.consumer])
  }

  @Test("cannot be entered without Redis")
  func unreachable() throws {
    let pool = RedisPool(.unix(path: "/tmp/no-such-redis.sock"))
    let register = try HostRegister(pool, PlatformConfiguration(), logger: .quiet)
    let queue = RedisStreamQueue(pool, PlatformConfiguration(), consumer: register.name)
    #expect(throws: RedisError.self) { try register.start(recovering: queue, until: StopSignal()) { Self.report("x") } }
  }

  @Test("tells whoever asks which hosts are alive and what they say of themselves")
  func directory() throws {
    let redis = try RedisServer()
    let pool = RedisPool(redis.address)
    let configuration = PlatformConfiguration()
    let directory = RedisHostDirectory(pool, configuration)
    #expect(try directory.hosts().isEmpty)
    let register = try HostRegister(pool, configuration, logger: .quiet)
    let queue = RedisStreamQueue(pool, configuration, consumer: register.name)
    let stop = StopSignal()
    let own = Self.report(register.name)
    try register.start(recovering: queue, until: stop) { own }
    #expect(try directory.hosts() == [own])
    // One that has been silent for too long, and one that only another version can read.
    try redis.send(["ZADD", "{rce}:hosts", "1000", "silent"])
    try redis.send(["HSET", "{rce}:hosts:reports", "silent", RedisArgument(try encode(Self.report("silent")))])
    try redis.send(["ZADD", "{rce}:hosts", RedisArgument(WallClock.milliseconds), "other"])
    try redis.send(["HSET", "{rce}:hosts:reports", "other", #"{"name":"other"}"#])
    #expect(try directory.hosts() == [own])
    stop.raise()
    register.leave()
    #expect(try directory.hosts().isEmpty)
    #expect(try redis.send(["HEXISTS", "{rce}:hosts:reports", RedisArgument(register.name)]).integer == 0)
    redis.stop()
    let error = #expect(throws: BackendError.self) { try directory.hosts() }
    #expect(error?.kind == .unavailable)
  }

  private static func report(_ name: String) -> HostReport {
    HostReport(
      name: name, version: "1", environments: .init(alive: 1, busy: 0, limit: 2, memoryMB: 512, timeoutMs: 30_000),
      poller: .init(running: 0, allowed: 2, limit: 2, batchSize: 1),
      sandbox: SandboxCheck(backend: "rlimits", absent: ["no namespaces"]),
      languages: ["python": LanguageStatus(runtime: "3.11.2")])
  }
}
