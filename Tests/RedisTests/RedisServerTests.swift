import Glibc
import HostSystem
import Redis
import TestServices
import Testing

@Suite("the server that tests run against")
struct RedisServerTests {
  @Test("starts again on the same data and the same address, whatever ended it", arguments: [SIGTERM, SIGKILL])
  func restarts(signal: Int32) throws {
    let server = try RedisServer(appendOnly: true)
    try server.send(["SET", "kept", "yes"])
    server.stop(by: signal)
    #expect(throws: RedisError.self) { try server.send(["PING"]) }
    try server.start()
    #expect(try server.send(["GET", "kept"]).text == "yes")
  }

  @Test("leaves neither a process nor a file behind")
  func cleansUp() throws {
    var server: RedisServer? = try RedisServer(appendOnly: true, tcp: true)
    let path = try #require(server?.directory.path)
    let information = try #require(try server?.send(["INFO", "server"]).text)
    let line = try #require(information.split(separator: "\r\n").first { $0.hasPrefix("process_id:") })
    let id = try #require(Int32(line.dropFirst("process_id:".count)))
    #expect(kill(id, 0) == 0)
    server = nil
    #expect(kill(id, 0) == -1)
    #expect(access(path, F_OK) == -1)
  }

  @Test("says what the server said when it does not start")
  func refuses() throws {
    let error = #expect(throws: ServiceError.self) { try RedisServer(options: ["--maxmemory", "plenty"]) }
    #expect(error?.description.contains("redis-server does not answer") == true)
  }

  @Test("a program that is missing is named with the package to install")
  func missing() throws {
    let error = #expect(throws: ServiceError.self) { try ProgramPath.find("no-such-server", package: "some-package") }
    #expect(error?.description.hasPrefix("no no-such-server in ") == true)
    #expect(error?.description.hasSuffix("apt-get install some-package") == true)
  }
}
