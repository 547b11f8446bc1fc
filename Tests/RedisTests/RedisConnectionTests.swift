import Redis
import TestServices
import Testing

@Suite("a connection to a real server")
struct RedisConnectionTests {
  let server: RedisServer

  init() throws {
    server = try RedisServer(tcp: true)
  }

  @Test("arguments and answers carry any bytes")
  func anyBytes() throws {
    var connection = try RedisConnection(to: server.address)
    let value = (0...255).map { UInt8($0) } + [0, 13, 10, 0]
    _ = try connection.send(["SET", "k\0ey", RedisArgument(value)])
    #expect(try connection.send(["GET", "k\0ey"]) == .bytes(value))
  }
}
