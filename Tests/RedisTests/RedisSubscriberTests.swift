import Glibc
import HostSystem
import Redis
import TestServices
import Testing

@Suite("a subscriber")
struct RedisSubscriberTests {
  let server: RedisServer

  init() throws {
    server = try RedisServer()
  }

  @Test("hears everything that is published after it is there, in order")
  func hears() throws {
    var subscriber = try RedisSubscriber(to: server.address, channels: ["news", "weather"])
    let never = try EventDescriptor()
    for number in 0..<100 { try server.send(["PUBLISH", "news", RedisArgument(number)]) }
    try server.send(["PUBLISH", "weather", RedisArgument([0, 255, 10])])
    for number in 0..<100 {
      let message = try #require(try subscriber.next(unless: never))
      #expect(String(decoding: message.payload, as: UTF8.self) == "\(number)")
    }
    let last = try #require(try subscriber.next(unless: never))
    #expect(last.channel == "weather")
    #expect(last.payload == [0, 255, 10])
  }

  @Test("stops at once when it is told to")
  func stops() throws {
    let stop = SharedEvent(try EventDescriptor())
    var subscriber = try RedisSubscriber(to: server.address, channels: ["news"])
    let raiser = try NativeThread(named: "raiser") { stop.event.raise() }
    let start = MonotonicInstant.now
    #expect(try subscriber.next(unless: stop.event) == nil)
    #expect(MonotonicInstant.now - start < 1_000_000_000)
    raiser.join()
  }

  @Test("notices that its server died")
  func died() throws {
    var subscriber = try RedisSubscriber(to: server.address, channels: ["news"])
    server.stop(by: SIGKILL)
    let never = try EventDescriptor()
    do throws(RedisError) {
      _ = try subscriber.next(unless: never)
      Issue.record("no error was thrown")
    } catch {
      #expect(error.kind == .closed)
    }
  }

  @Test("tells a silent server from one that hangs")
  func hangs() throws {
    let timeouts = RedisTimeouts(reply: .milliseconds(200))
    var subscriber = try RedisSubscriber(
      to: server.address, channels: ["news"], timeouts: timeouts, idle: .milliseconds(20))
    let never = try EventDescriptor()
    let publisher = try NativeThread(named: "publisher") { [server] in
      let wasAsked = eventually {
        (try? server.send(["INFO", "commandstats"]).text?.contains("cmdstat_ping:calls=5,")) ?? false
      }
      if wasAsked { _ = try? server.send(["PUBLISH", "news", "late"]) }
    }
    let late = try #require(try subscriber.next(unless: never), "many signs of life came before the news")
    #expect(late.channel == "news")
    publisher.join()
    server.freeze()
    defer { server.thaw() }
    do throws(RedisError) {
      _ = try subscriber.next(unless: never)
      Issue.record("no error was thrown")
    } catch {
      #expect(error.kind == .timeout)
    }
  }
}

private final class SharedEvent: Sendable {
  let event: EventDescriptor

  init(_ event: consuming EventDescriptor) {
    self.event = event
  }
}
