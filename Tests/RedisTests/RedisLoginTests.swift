import HostSystem
import Redis
import TestServices
import Testing

@Suite("a login")
struct RedisLoginTests {
  static let password = "p@ss:w/o%rd?"
  static let escaped = "p%40ss:w%2Fo%25rd%3F"

  /// A server whose default user has that password, and which has a user of that password who may only ping.
  private struct Protected {
    let server: RedisServer
    let address: (_ login: String) throws -> RedisAddress

    init(isSecure: Bool) throws {
      if isSecure {
        let redis = try SecureRedis()
        server = redis.server
        address = { try redis.address(login: $0, database: 2) }
      } else {
        server = try RedisServer(tcp: true)
        let place = try #require(server.tcpAddress).description.dropFirst("redis://".count)
        address = { try RedisAddress(parsing: "redis://\($0)\(place)/2") }
      }
      try server.send(["ACL", "SETUSER", "guest", "on", ">\(password)", "+ping", "+select"])
      try server.send(["CONFIG", "SET", "requirepass", "\(password)"])
    }
  }

  @Test(
    "lets in who has the password, or user and password, and puts them into their database", arguments: [false, true])
  func right(isSecure: Bool) throws {
    let redis = try Protected(isSecure: isSecure)
    var connection = try RedisConnection(to: redis.address(":\(Self.escaped)@"), timeouts: SecureRedis.patient)
    _ = try connection.send(["SET", "k", "v"])
    #expect(try connection.send(["CLIENT", "INFO"]).text?.contains(" db=2 ") == true)
    var guest = try RedisConnection(to: redis.address("guest:\(Self.escaped)@"), timeouts: SecureRedis.patient)
    #expect(try guest.send(["PING"]) == .status("PONG"))
    let error = try redisError { _ = try guest.send(["GET", "k"]) }
    #expect(error.code == "NOPERM" && error.advice.contains("ACL"))
    var subscriber = try RedisSubscriber(
      to: redis.address(":\(Self.escaped)@"), channels: ["news"], timeouts: SecureRedis.patient)
    _ = try connection.send(["PUBLISH", "news", "x"])
    let never = try EventDescriptor()
    #expect(try subscriber.next(unless: never)?.channel == "news")
  }

  @Test("that is wrong or missing is told without the password", arguments: [false, true])
  func wrong(isSecure: Bool) throws {
    let redis = try Protected(isSecure: isSecure)
    for login in [":wrong-secret@", "guest:wrong-secret@", "nobody:wrong-secret@"] {
      let address = try redis.address(login)
      let error = try redisError { _ = try RedisConnection(to: address, timeouts: SecureRedis.patient) }
      #expect(error.code == "WRONGPASS" && error.operation == "AUTH" && !error.isTransient)
      var dumped = ""
      dump(address, to: &dumped)
      for text in ["\(error)", "\(address)", String(reflecting: address), dumped, String(reflecting: error)] {
        #expect(!text.contains("wrong-secret"))
      }
    }
    let error = try redisError {
      var connection = try RedisConnection(to: redis.address(""), timeouts: SecureRedis.patient)
      _ = try connection.send(["PING"])
    }
    #expect(error.code == "NOAUTH" && error.advice.contains("login"))
  }

  @Test("at a server that has no passwords, and a database that is not there, are told")
  func needless() throws {
    let server = try RedisServer(tcp: true)
    let place = try #require(server.tcpAddress).description.dropFirst("redis://".count)
    let login = try redisError { _ = try RedisConnection(to: RedisAddress(parsing: "redis://:secret@\(place)")) }
    #expect(login.kind == .refused && login.operation == "AUTH" && !login.description.contains("secret"))
    let database = try redisError { _ = try RedisConnection(to: RedisAddress(parsing: "redis://\(place)/99")) }
    #expect(database.operation == "SELECT" && database.reason.contains("out of range"))
  }
}
