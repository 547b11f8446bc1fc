import Glibc
import HostSystem
import Redis
import TestServices
import Testing

@Suite("a pool of connections")
struct RedisPoolTests {
  let server: RedisServer

  init() throws {
    server = try RedisServer()
  }

  @Test("serves eight threads over three connections, and never opens more")
  func manyThreads() throws {
    let pool = RedisPool(server.address, limit: 3)
    let failures = Lock<[RedisError]>([])
    let threads = try (0..<8).map { _ in
      try NativeThread(named: "borrower") {
        for _ in 0..<250 {
          do throws(RedisError) {
            _ = try pool.withConnection { connection throws(RedisError) in try connection.send(["INCR", "count"]) }
          } catch {
            failures.withLock { $0.append(error) }
          }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(failures.withLock { $0 } == [])
    #expect(try server.send(["GET", "count"]).integer == 2_000)
    let clients = try #require(try server.send(["CLIENT", "LIST"]).text).split(separator: "\n").count
    #expect(clients <= 4, "three of the pool and the one that asks")
  }

  @Test("does not hand out connections that died while they were idle")
  func restart() throws {
    let pool = RedisPool(server.address, limit: 2)
    for _ in 0..<3 {
      #expect(
        try pool.withConnection { connection throws(RedisError) in try connection.send(["PING"]) } == .status("PONG"))
      server.stop(by: SIGKILL)
      #expect(throws: RedisError.self) {
        try pool.withConnection { connection throws(RedisError) in try connection.send(["PING"]) }
      }
      try server.start()
    }
  }

  @Test("drops a connection that broke while it was lent")
  func broken() throws {
    let pool = RedisPool(server.address, limit: 1, timeouts: RedisTimeouts(reply: .milliseconds(100)))
    server.freeze()
    #expect(throws: RedisError.self) {
      try pool.withConnection { connection throws(RedisError) in try connection.send(["PING"]) }
    }
    server.thaw()
    #expect(
      try pool.withConnection { connection throws(RedisError) in try connection.send(["PING"]) } == .status("PONG"))
  }

  @Test("drops a connection whose server is no primary any more")
  func failover() throws {
    let pool = RedisPool(server.address, limit: 1)
    let set = { try pool.withConnection { connection throws(RedisError) in try connection.send(["INCR", "n"]) } }
    #expect(try set() == .integer(1))
    try server.send(["REPLICAOF", "127.0.0.1", "1"])
    #expect(try redisError { _ = try set() }.code == "READONLY")
    let left = try #require(try server.send(["CLIENT", "LIST"]).text).split(separator: "\n").count
    #expect(left == 1, "only the one that asks")
    try server.send(["REPLICAOF", "NO", "ONE"])
    #expect(try set() == .integer(2))
  }

  @Test("makes a caller wait for a connection, but not for ever")
  func exhausted() throws {
    let pool = RedisPool(server.address, limit: 1, timeouts: RedisTimeouts(reply: .milliseconds(50)))
    let error = #expect(throws: RedisError.self) {
      try pool.withConnection { _ throws(RedisError) in
        try pool.withConnection { connection throws(RedisError) in try connection.send(["PING"]) }
      }
    }
    #expect(error?.kind == .busy)
    #expect(error?.reason == "all 1 were in use for 0.05 seconds")
  }
}
