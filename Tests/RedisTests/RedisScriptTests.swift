import Redis
import TestServices
import Testing

@Suite("a script on a real server")
struct RedisScriptTests {
  let server: RedisServer

  init() throws {
    server = try RedisServer()
  }

  @Test("is sent once and then called by its digest, and sent again where the server has forgotten it")
  func digest() throws {
    let script = RedisScript("add", "return redis.call('INCRBY', KEYS[1], ARGV[1])")
    var connection = try RedisConnection(to: server.address)
    #expect(try connection.run(script, keys: ["sum"], [5]) == .integer(5))
    #expect(try connection.run(script, keys: ["sum"], [5]) == .integer(10))
    #expect(try loads() == 1)
    try server.send(["SCRIPT", "FLUSH"])
    #expect(try connection.run(script, keys: ["sum"], [5]) == .integer(15))
    #expect(try loads() == 2)
    server.stop()
    try server.start()
    var second = try RedisConnection(to: server.address)
    #expect(try second.run(script, keys: ["sum"], [1]) == .integer(1))
  }

  @Test("is named in the error that it causes")
  func failure() throws {
    let script = RedisScript("push to a text", "return redis.call('LPUSH', KEYS[1], 'x')")
    var connection = try RedisConnection(to: server.address)
    _ = try connection.send(["SET", "text", "x"])
    do throws(RedisError) {
      _ = try connection.run(script, keys: ["text"])
      Issue.record("the server accepted it")
    } catch {
      #expect(error.operation == "push to a text")
      #expect(error.code == "WRONGTYPE")
    }
  }

  private func loads() throws -> Int {
    let statistics = try #require(try server.send(["INFO", "commandstats"]).text)
    let line = try #require(statistics.split(separator: "\r\n").first { $0.hasPrefix("cmdstat_script|load:calls=") })
    return try #require(Int(line.dropFirst("cmdstat_script|load:calls=".count).prefix { $0 != "," }))
  }
}
