import Glibc
import HostSystem
import Redis
import TestServices
import Testing

@Suite("a connection to a real server by TLS")
struct SecureConnectionTests {
  let redis: SecureRedis

  init() throws {
    redis = try SecureRedis()
  }

  @Test("arguments and answers carry any bytes, and any number of them")
  func anyBytes() throws {
    var connection = try redis.connect()
    let odd = (0...255).map { UInt8($0) } + [0, 13, 10, 0]
    let large = [UInt8](repeating: 0xfe, count: 5 << 20)
    for value in [odd, [], large] {
      _ = try connection.send(["SET", "k\0ey", RedisArgument(value)])
      #expect(try connection.send(["GET", "k\0ey"]) == .bytes(value))
    }
    let long = try connection.send(["EVAL", "local t = {} for i = 1, 50000 do t[i] = i end return t", "0"])
    #expect(long.array?.last == .integer(50_000))
  }

  @Test("a pipeline answers in order, and scripts and databases work")
  func pipeline() throws {
    var connection = try redis.connect(database: 3)
    let replies = try connection.pipeline((0..<2_000).map { ["RPUSH", "list", RedisArgument($0)] })
    #expect(replies == (1...2_000).map { .integer($0) })
    #expect(
      try connection.run(RedisScript("length", "return redis.call('LLEN', KEYS[1])"), keys: ["list"]) == .integer(2_000)
    )
    #expect(try redis.server.send(["EXISTS", "list"]) == .integer(0), "it is in another database")
  }

  @Test("a blocking read of a stream waits, longer than for an answer, and gets what comes")
  func blocking() throws {
    var connection = try RedisConnection(
      to: redis.address(), timeouts: RedisTimeouts(connect: .seconds(20), reply: .milliseconds(300)))
    _ = try connection.send(["XGROUP", "CREATE", "jobs", "hosts", "0", "MKSTREAM"])
    let read: [RedisArgument] = ["XREADGROUP", "GROUP", "hosts", "one", "BLOCK", "500", "STREAMS", "jobs", ">"]
    #expect(try connection.send(read, blocking: .milliseconds(500)) == .null)
    let sender = try NativeThread(named: "sender") { [redis] in
      let isWaited = eventually {
        (try? redis.server.send(["INFO", "clients"]).text?.contains("blocked_clients:1")) ?? false
      }
      if isWaited { _ = try? redis.server.send(["XADD", "jobs", "*", "n", "7"]) }
    }
    let patient: [RedisArgument] = read.map { $0 == "500" ? "20000" : $0 }
    let got = try connection.send(patient, blocking: .seconds(20))
    sender.join()
    #expect(got.array?.first?.array?.last?.array?.first?.array?.last?.array?.last?.integer == 7)
  }

  @Test("a subscriber hears news, sits through silence, and stops when it is told")
  func subscriber() throws {
    var subscriber = try RedisSubscriber(
      to: redis.address(), channels: ["news"], timeouts: SecureRedis.patient, idle: .milliseconds(50))
    let stop = try EventDescriptor()
    for number in 0..<200 { try redis.server.send(["PUBLISH", "news", RedisArgument(number)]) }
    for number in 0..<200 { #expect(try subscriber.next(unless: stop)?.payload == Array("\(number)".utf8)) }
    let publisher = try NativeThread(named: "publisher") { [redis] in
      let wasAsked = eventually {
        (try? redis.server.send(["INFO", "commandstats"]).text?.contains("cmdstat_ping:calls=5,")) ?? false
      }
      if wasAsked {
        _ = try? redis.server.send(["PUBLISH", "news", RedisArgument([UInt8](repeating: 9, count: 50_000))])
      }
    }
    #expect(try subscriber.next(unless: stop)?.payload == [UInt8](repeating: 9, count: 50_000))
    publisher.join()
    stop.raise()
    #expect(try subscriber.next(unless: stop) == nil)
  }

  @Test("a pool keeps its connections, and makes them anew where they died")
  func pool() throws {
    let pool = RedisPool(try redis.address(), limit: 2, timeouts: SecureRedis.patient)
    let ping = { try pool.withConnection { connection throws(RedisError) in try connection.send(["PING"]) } }
    for _ in 0..<20 { #expect(try ping() == .status("PONG")) }
    #expect(try received() == 1, "the tickets that follow a handshake do not make a connection stale")
    redis.server.stop(by: SIGKILL)
    #expect(try redisError { _ = try ping() }.kind == .connect)
    try redis.server.start()
    #expect(try ping() == .status("PONG"))
  }

  @Test("a server that hangs is given up after the timeout, and one that dies at once")
  func ends() throws {
    let timeouts = RedisTimeouts(connect: .seconds(20), reply: .milliseconds(200))
    var hanging = try RedisConnection(to: redis.address(), timeouts: timeouts)
    var dying = try redis.connect()
    redis.server.freeze()
    #expect(try redisError { _ = try hanging.send(["PING"]) }.label == "timeout")
    #expect(try redisError { _ = try hanging.send(["PING"]) }.label == "closed")
    #expect(
      try redisError {
        _ = try RedisConnection(to: redis.address(), timeouts: RedisTimeouts(connect: .milliseconds(200)))
      }
      .kind == .connect)
    redis.server.thaw()
    let killer = try NativeThread(named: "killer") { [redis] in
      _ = eventually { (try? redis.server.send(["INFO", "clients"]).text?.contains("blocked_clients:1")) ?? false }
      redis.server.stop(by: SIGKILL)
    }
    #expect(
      try redisError { _ = try dying.send(["BLPOP", "nothing", "30"], blocking: .seconds(30)) }.label == "closed")
    killer.join()
  }

  /// Connections by TLS that the server took.
  private func received() throws -> Int {
    let list = try #require(try redis.server.send(["CLIENT", "LIST"]).text)
    return list.split(separator: "\n").filter { $0.contains("laddr=127.0.0.1:\(redis.port)") }.count
  }
}
