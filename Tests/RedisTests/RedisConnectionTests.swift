import Glibc
import HostSystem
import Redis
import TestServices
import Testing

@Suite("a connection to a real server")
struct RedisConnectionTests {
  let server: RedisServer

  init() throws {
    server = try RedisServer(tcp: true)
  }

  @Test("arguments and answers carry any bytes, none included")
  func anyBytes() throws {
    var connection = try RedisConnection(to: server.address)
    let value = (0...255).map { UInt8($0) } + [0, 13, 10, 0]
    _ = try connection.send(["SET", "k\0ey", RedisArgument(value)])
    _ = try connection.send(["SET", "", ""])
    #expect(try connection.send(["GET", "k\0ey"]) == .bytes(value))
    #expect(try connection.send(["GET", ""]) == .bytes([]))
    #expect(try connection.send(["GET", "absent"]) == .null)
  }

  @Test("large values and long lists come back whole")
  func large() throws {
    var connection = try RedisConnection(to: try #require(server.tcpAddress))
    let value = [UInt8](repeating: 0xfe, count: 20 << 20)
    _ = try connection.send(["SET", "large", RedisArgument(value)])
    #expect(try connection.send(["GET", "large"]) == .bytes(value))
    let long = try connection.send(["EVAL", "local t = {} for i = 1, 50000 do t[i] = i end return t", "0"])
    #expect(long.array?.count == 50_000)
    #expect(long.array?.last == .integer(50_000))
    let nested = try connection.send(["EVAL", "return {1, {2, {3, {4, {5}}}}}", "0"])
    #expect(nested.array?.last?.array?.last?.array?.first == .integer(3))
  }

  @Test("a pipeline answers in order, and a refusal in it is one answer")
  func pipeline() throws {
    var connection = try RedisConnection(to: server.address)
    let replies = try connection.pipeline([
      ["SET", "n", "1"], ["LPUSH", "n", "x"], ["INCRBY", "n", 41], ["GET", "n"],
    ])
    try #require(replies.count == 4)
    #expect(replies[0] == .status("OK"))
    guard case .error(let reason) = replies[1] else { throw ServiceError("\(replies[1]) is no refusal") }
    #expect(reason.hasPrefix("WRONGTYPE"))
    #expect(replies[2] == .integer(42))
    #expect(replies[3].integer == 42)
    let isBroken = connection.isBroken
    #expect(!isBroken)
  }

  @Test("a refusal names the command, the server and the reason, but no argument")
  func refusal() throws {
    var connection = try RedisConnection(to: server.address)
    _ = try connection.send(["SET", "text", "x"])
    do throws(RedisError) {
      _ = try connection.send(["LPUSH", "text", "somebody's program"])
      Issue.record("the server accepted it")
    } catch {
      #expect(error.label == "WRONGTYPE")
      #expect(error.description.contains("LPUSH"))
      #expect(error.description.contains(server.directory.path))
      #expect(!error.description.contains("somebody"))
    }
    #expect(try connection.send(["PING"]) == .status("PONG"), "a refusal does not break the connection")
  }

  @Test("a server that hangs is given up after the timeout, and the connection with it")
  func timeout() throws {
    var connection = try RedisConnection(to: server.address, timeouts: RedisTimeouts(reply: .milliseconds(100)))
    server.freeze()
    defer { server.thaw() }
    #expect(try Self.label { () throws(RedisError) in _ = try connection.send(["PING"]) } == "timeout")
    let isBroken = connection.isBroken
    #expect(isBroken)
    #expect(try Self.label { () throws(RedisError) in _ = try connection.send(["PING"]) } == "closed")
  }

  @Test("a blocking command may take longer than the timeout")
  func blocking() throws {
    var connection = try RedisConnection(to: server.address, timeouts: RedisTimeouts(reply: .milliseconds(150)))
    let start = MonotonicInstant.now
    #expect(try connection.send(["BLPOP", "empty", "0.4"], blocking: .milliseconds(400)) == .null)
    #expect(MonotonicInstant.now - start >= 390_000_000)
    #expect(try connection.send(["PING"]) == .status("PONG"))
  }

  @Test("a server that dies is an error and no signal, whatever was being sent")
  func killed() throws {
    var connection = try RedisConnection(to: server.address)
    server.stop(by: SIGKILL)
    let large = RedisArgument([UInt8](repeating: 0, count: 1 << 20))
    #expect(try Self.label { () throws(RedisError) in _ = try connection.send(["SET", "k", large]) } == "closed")
    #expect(
      try Self.label { () throws(RedisError) in _ = try RedisConnection(to: server.address) } == "connect")
  }

  @Test("nobody at the address is said with the address and what to do")
  func nobody() throws {
    let address = RedisAddress.tcp(host: "127.0.0.1", port: try LoopbackPort.free())
    do throws(RedisError) {
      _ = try RedisConnection(to: address)
      Issue.record("somebody listens at \(address)")
    } catch {
      #expect(
        error.description
          == "Redis at \(address): connect: Connection refused. Start redis-server there or correct the address.")
    }
  }

  @Test("a peer that does not speak Redis is recognised")
  func otherProtocol() throws {
    let peer = try ScriptedPeer(answering: "HTTP/1.1 400 Bad Request\r\n\r\n")
    var connection = try RedisConnection(to: peer.address)
    #expect(try Self.label { () throws(RedisError) in _ = try connection.send(["PING"]) } == "unexpected")
  }

  private static func label(_ body: () throws(RedisError) -> Void) throws -> String {
    do throws(RedisError) {
      try body()
    } catch {
      return error.label
    }
    throw ServiceError("no error was thrown")
  }
}
