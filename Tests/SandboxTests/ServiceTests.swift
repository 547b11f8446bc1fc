import Glibc
import HostSystem
import Sandbox
import Testing

@Suite("Programs that stay in the sandbox and answer", .onEachBackend, .timeLimit(.minutes(15)))
struct ServiceTests {
  /// Answers with its count of requests and the request; obeys words that hurt.
  private static let script = """
    import os, struct, sys, time
    print('ready')
    def read(n):
      b = b''
      while len(b) < n:
        part = os.read(0, n - len(b))
        if not part: sys.exit(0)
        b += part
      return b
    count = 0
    while True:
      request = read(struct.unpack('>I', read(4))[0])
      count += 1
      if request == b'loop':
        while True: pass
      if request == b'sleep': time.sleep(60)
      if request == b'exit': sys.exit(0)
      if request == b'flood': request = b'x' * 2000000
      answer = b'%d:' % count + request
      sys.stdout.buffer.write(struct.pack('>I', len(answer)) + answer)
      sys.stdout.flush()
    """

  private static func service() throws -> SandboxService {
    let request = SandboxRequest(
      ["/usr/bin/python3", "-I", "-S", "-u", "-c", script], environment: SandboxFixture.environment,
      limits: SandboxFixture.limits)
    return try SandboxFixture.standard.get().startService(request, readiness: Array("ready\n".utf8))
  }

  private static var limits: SandboxLimits {
    var limits = SandboxFixture.limits
    limits.cpu = .milliseconds(300)
    limits.wall = .seconds(3)
    return limits
  }

  @Test("it answers each request, and time between them does not count")
  func answers() throws {
    let service = try Self.service()
    for count in 1...3 {
      let large = [UInt8](repeating: UInt8(count), count: 300_000)
      #expect(try service.exchange(large, limits: Self.limits) == .answer(Array("\(count):".utf8) + large))
      usleep(250_000)
    }
    #expect(service.isReady)
    try service.stop()
    #expect(!service.isReady)
    #expect(try service.exchange([], limits: Self.limits) == nil)
  }

  @Test(
    "what does not answer in time or at all is gone, and named",
    arguments: [
      ("loop", ServiceAnswer.stopped(.cpu)), ("sleep", .stopped(.wall)), ("flood", .stopped(.output)),
      ("exit", .ended),
    ])
  func failures(request: String, answer: ServiceAnswer) throws {
    let service = try Self.service()
    var limits = Self.limits
    if request != "sleep" { limits.wall = .seconds(30) }
    #expect(try service.exchange(Array(request.utf8), limits: limits) == answer)
    #expect(!service.isReady)
    #expect(try service.exchange([], limits: Self.limits) == nil)
  }

  @Test("a frame's fields come back as they were, and a broken one is refused")
  func frames() {
    let fields: [[UInt8]] = [[], [1, 2, 3], [UInt8](repeating: 9, count: 300)]
    let frame = Frame.fields(fields)
    #expect(frame.prefix(4) == [0, 0, 1, 59])
    #expect(Frame.fields(of: Array(frame.dropFirst(4))) == fields)
    #expect(Frame.fields(of: Array(frame.dropFirst(4).dropLast())) == nil)
    #expect(Frame.fields(of: [0, 0, 0]) == nil)
  }
}
