import Redis
import Testing

@Suite("an address of a server")
struct RedisAddressTests {
  @Test(
    "reads what it writes",
    arguments: [
      ("redis://127.0.0.1:6380", RedisAddress.tcp(host: "127.0.0.1", port: 6380), "redis://127.0.0.1:6380"),
      ("redis://cache.internal", .tcp(host: "cache.internal", port: 6379), "redis://cache.internal:6379"),
      ("redis://localhost/", .tcp(host: "localhost", port: 6379), "redis://localhost:6379"),
      ("redis://[::1]:7000", .tcp(host: "::1", port: 7000), "redis://[::1]:7000"),
      ("unix:/run/redis.sock", .unix(path: "/run/redis.sock"), "unix:/run/redis.sock"),
    ])
  func reads(_ text: String, _ address: RedisAddress, _ written: String) throws {
    #expect(try RedisAddress(parsing: text) == address)
    #expect(address.description == written)
    #expect(try RedisAddress(parsing: written) == address)
  }

  @Test(
    "refuses what it would only half understand",
    arguments: [
      "", "localhost:6379", "http://localhost", "redis://", "redis://:6379", "redis://host:0", "redis://host:65536",
      "redis://host:port", "redis://host:6379/2", "redis://user:secret@host:6379", "redis://[::1", "unix:redis.sock",
      "unix:/" + String(repeating: "x", count: 107),
    ])
  func refuses(_ text: String) throws {
    let error = #expect(throws: RedisError.self) { try RedisAddress(parsing: text) }
    #expect(error?.kind == .address)
    #expect(error?.description.contains("redis://127.0.0.1:6379") == true)
    #expect(error?.description.contains("secret") == false)
  }
}
