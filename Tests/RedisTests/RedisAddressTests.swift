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
      ("redis://cache/7", try RedisAddress(parsing: "redis://cache:6379/7"), "redis://cache:6379/7"),
      (
        "rediss://cache.internal?cacert=/etc/ca.pem",
        try RedisAddress(parsing: "rediss://cache.internal:6379/0?cacert=/etc/ca.pem"),
        "rediss://cache.internal:6379?cacert=/etc/ca.pem"
      ),
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
      "redis://host:port", "redis://host:6379/x", "redis://host:6379/-1", "redis://host:6379/1/2", "redis://[::1",
      "redis://secret@host", "redis://user:@host", "redis://:secret%zz@host", "redis://user:secret@", "redis://:secret",
      "redis://host?cacert=/ca.pem", "rediss://host?cacert=ca.pem", "rediss://host?cert=/c.pem",
      "rediss://host?cacert=/ca.pem&key=/k.pem", "rediss://user:secret@host:6379/?x", "rediss:/host", "unix:redis.sock",
      "unix:/" + String(repeating: "x", count: 107),
    ])
  func refuses(_ text: String) throws {
    let error = #expect(throws: RedisError.self) { try RedisAddress(parsing: text) }
    #expect(error?.kind == .address)
    #expect(error?.description.contains("redis://127.0.0.1:6379") == true)
    #expect(error?.description.contains("secret") == false)
  }

  @Test("differs by login, and never shows it")
  func login() throws {
    let first = try RedisAddress(parsing: "rediss://user:secret@host/1")
    let second = try RedisAddress(parsing: "rediss://user:s%65cret@host/1")
    let third = try RedisAddress(parsing: "rediss://:secret@host/1")
    #expect(first == second && first != third)
    #expect("\(first)" == "rediss://host:6379/1" && String(reflecting: first) == "rediss://host:6379/1")
  }
}
