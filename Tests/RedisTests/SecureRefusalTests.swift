import HostSystem
import Redis
import TestServices
import Testing

@Suite("a secure connection is refused")
struct SecureRefusalTests {
  @Test("where the certificate is another host's, has ended, or nobody's who is trusted")
  func certificates() throws {
    let redis = try SecureRedis()
    let named = try redisError { _ = try redis.connect(host: "localhost") }
    #expect(named.kind == .tls && named.reason == "the server's certificate is refused: hostname mismatch")
    #expect(!named.isTransient && named.description.contains("host name"))

    let stranger = try Certificates()
    let other = "rediss://127.0.0.1:\(redis.port)?cacert=\(stranger["ca.pem"])"
    let untrusted = try redisError { _ = try RedisConnection(to: RedisAddress(parsing: other)) }
    #expect(untrusted.kind == .tls && untrusted.reason.contains("certificate is refused: self-signed certificate in"))

    let system = try redisError {
      _ = try RedisConnection(to: RedisAddress(parsing: "rediss://127.0.0.1:\(redis.port)"))
    }
    #expect(system.kind == .tls && system.reason.contains("certificate is refused: self-signed certificate in"))

    let late = try SecureRedis(days: -1)
    let expired = try redisError { _ = try late.connect() }
    #expect(expired.kind == .tls && expired.reason.hasSuffix("certificate has expired"))
  }

  @Test("where the name fits, by name, but the certificate lists addresses only")
  func names() throws {
    let redis = try SecureRedis(for: "DNS:localhost")
    var connection = try redis.connect(host: "localhost")
    #expect(try connection.send(["PING"]) == .status("PONG"))
    let error = try redisError { _ = try redis.connect(host: "127.0.0.1") }
    #expect(error.kind == .tls && error.reason.hasSuffix("IP address mismatch"))
  }

  @Test("where the file of authorities is missing or holds none")
  func files() throws {
    let redis = try SecureRedis()
    for file in ["/tmp/no-such-file.pem", redis.certificates["redis.key"]] {
      let address = try RedisAddress(parsing: "rediss://127.0.0.1:\(redis.port)?cacert=\(file)")
      let error = try redisError { _ = try RedisConnection(to: address) }
      #expect(error.kind == .tls && error.reason.hasPrefix("cannot use the certificates in \(file): "))
    }
  }

  @Test("by a server without TLS, in either direction")
  func plain() throws {
    let plain = try RedisServer(tcp: true)
    let address = try #require(plain.tcpAddress).description.replacing("redis://", with: "rediss://")
    let error = try redisError {
      _ = try RedisConnection(
        to: RedisAddress(parsing: address), timeouts: RedisTimeouts(connect: .milliseconds(500)))
    }
    // It waits for the end of a line, which the greeting may happen to hold.
    #expect([.connect, .tls].contains(error.kind))

    let redis = try SecureRedis()
    var connection = try RedisConnection(to: .tcp(host: "127.0.0.1", port: redis.port))
    let closed = try redisError { _ = try connection.send(["PING"]) }
    #expect(closed.kind == .closed && closed.description.contains("rediss://"))
  }

  @Test("where the server speaks only what is no longer safe, or wants a certificate")
  func versions() throws {
    let old = try SecureRedis(options: ["--tls-protocols", "TLSv1.1", "--tls-ciphers", "ALL@SECLEVEL=0"])
    #expect(try redisError { _ = try old.connect() }.kind == .tls)
    let strict = try SecureRedis(options: ["--tls-auth-clients", "yes"])
    let error = try redisError {
      var connection = try strict.connect()
      _ = try connection.send(["PING"])
    }
    // It says why and hangs up; a write into that comes back before the reason is read.
    #expect(error.kind == .closed || error.reason.contains("certificate required"))
  }

  @Test("where a server of several names is not told which is meant, and it is told")
  func serverName() throws {
    let certificates = try Certificates()
    try certificates.issue("named", for: "DNS:localhost")
    let port = try LoopbackPort.free()
    let server = try OwnedProcess(
      ProcessRequest(
        "/usr/bin/openssl",
        [
          "s_server", "-quiet", "-accept", "\(port)", "-cert", certificates["server.pem"], "-key",
          certificates["server.key"], "-servername", "localhost", "-cert2", certificates["named.pem"], "-key2",
          certificates["named.key"],
        ], environment: ["LC_ALL=C.UTF-8"]))
    let address = try RedisAddress(parsing: "rediss://localhost:\(port)?cacert=\(certificates["ca.pem"])")
    var error: RedisError?
    let isConnected = eventually {
      error = try? redisError { _ = try RedisConnection(to: address, timeouts: SecureRedis.patient) }
      return error?.kind != .connect
    }
    #expect(isConnected && error == nil, "\(error.map { "\($0)" } ?? "")")
    server.end()
  }

  @Test("and an answer that is cut off is no answer")
  func cut() throws {
    let certificates = try Certificates()
    let port = try LoopbackPort.free()
    let script =
      "printf '$1000\\r\\npartial' | openssl s_server -quiet -accept 127.0.0.1:\(port) -naccept 1 "
      + "-cert \(certificates["server.pem"]) -key \(certificates["server.key"])"
    let server = try OwnedProcess(
      ProcessRequest("/bin/sh", ["-c", script], environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]))
    let address = try RedisAddress(parsing: "rediss://127.0.0.1:\(port)?cacert=\(certificates["ca.pem"])")
    var error: RedisError?
    let isOver = eventually {
      error = try? redisError {
        var connection = try RedisConnection(to: address, timeouts: SecureRedis.patient)
        _ = try connection.send(["GET", "k"])
      }
      return error?.kind != .connect
    }
    #expect(isOver && error?.kind == .closed && error?.operation == "GET")
    server.end()
  }
}
