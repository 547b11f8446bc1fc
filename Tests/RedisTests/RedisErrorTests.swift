import Redis
import Testing

@Suite("an error of Redis")
struct RedisErrorTests {
  @Test(
    "tells a passing trouble from a lasting one",
    arguments: [
      ("LOADING Redis is loading the dataset in memory", "LOADING", true),
      ("OOM command not allowed when used memory > 'maxmemory'.", "OOM", true),
      ("READONLY You can't write against a read only replica.", "READONLY", true),
      ("MISCONF Errors writing to the AOF file", "MISCONF", true),
      ("ERR max number of clients reached", "ERR", true),
      ("ERR unknown command 'FOO'", "ERR", false),
      ("WRONGTYPE Operation against a key holding the wrong kind of value", "WRONGTYPE", false),
      ("NOAUTH Authentication required.", "NOAUTH", false),
      ("SOMETHING new", "refused", false),
    ])
  func refusals(_ reason: String, _ label: String, _ isTransient: Bool) {
    let error = RedisError(.refused, operation: "XADD", address: "unix:/r", reason: reason)
    #expect(error.label == label)
    #expect(error.isTransient == isTransient)
    #expect(error.description.hasPrefix("Redis at unix:/r: XADD: \(reason)"))
    #expect(!error.description.contains(".."))
  }

  @Test(
    "is labelled by its kind where the server did not answer",
    arguments: zip(
      RedisError.Kind.allCases.filter { $0 != .refused }, [false, true, false, true, true, false, true]))
  func kinds(_ kind: RedisError.Kind, _ isTransient: Bool) {
    let error = RedisError(kind, operation: "GET", address: "unix:/r", reason: "no")
    #expect(error.label == kind.rawValue)
    #expect(error.code == nil)
    #expect(error.isTransient == isTransient)
    #expect(error.advice.hasSuffix("."))
  }
}
