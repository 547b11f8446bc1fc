import Glibc
import HostSystem
import TestServices
import Testing

@Suite(
  "Under load",
  .enabled(if: getenv("RCE_BENCH") != nil, "RCE_BENCH=1 swift test -c release --filter SubmissionBenchmark"))
struct SubmissionBenchmark {
  private static let body =
    #"{"code": "import sys\nprint(sum(map(int, sys.stdin)))\n", "language": "python", "stdin": "1\n2\n"}"#

  @Test("rce-api takes 20,000 submissions over 300 connections, without an error, a stall or 100 MB")
  func submissions() throws {
    let redis = try RedisServer(appendOnly: false)
    let program = try RunningProgram(["--listen", "127.0.0.1:0", "--redis", "\(redis.address)"])
    var load = try SubmissionLoad(to: program.port(), connections: 300)
    let start = MonotonicInstant.now
    let outcome = try load.run(20_000, Self.body)
    let seconds = Double(MonotonicInstant.now - start) / 1e9
    let memory = try #require(program.residentMebibytes)
    print(
      "rce-api: 20000 submissions over 300 connections: \(Int(20_000 / seconds))/s, "
        + "slowest \(outcome.slowest / 1_000_000) ms, \(memory) MiB resident")
    #expect(outcome.statuses == [202: 20_000])
    #expect(outcome.slowest < 5_000_000_000)
    #expect(memory < 100)
  }
}

/// Connections that each send their next submission when the last one has been answered, on one thread.
private struct SubmissionLoad {
  struct Outcome {
    var statuses: [Int: Int] = [:]
    /// Nanoseconds.
    var slowest: Int64 = 0
  }

  private let connections: [RawConnection]
  private var entries: [pollfd]
  private var sent: [MonotonicInstant]

  init(to port: UInt16, connections count: Int) throws {
    connections = try (0..<count).map { _ in try RawConnection(to: port) }
    entries = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    sent = Array(repeating: .now, count: count)
  }

  mutating func run(_ total: Int, _ body: String) throws -> Outcome {
    var outcome = Outcome()
    for index in connections.indices { try submit(index, body) }
    var (begun, ended) = (connections.count, 0)
    while ended < total {
      try #require(poll(&entries, UInt(entries.count), 10_000) > 0, "no answer for ten seconds, after \(ended)")
      for index in connections.indices where entries[index].revents != 0 {
        let status = connections[index].answer(within: 10_000)?.status ?? 0
        outcome.statuses[status, default: 0] += 1
        outcome.slowest = max(outcome.slowest, MonotonicInstant.now - sent[index])
        ended += 1
        guard begun < total else { continue }
        try submit(index, body)
        begun += 1
      }
    }
    return outcome
  }

  private mutating func submit(_ index: Int, _ body: String) throws {
    sent[index] = .now
    try connections[index].submit(body)
  }
}
