import HostSystem
import JobBackends
import JobDispatch
import Jobs
import Testing

@Suite("The assembly of a batch")
struct BatchAssemblyTests {
  private static func rules(_ size: Int, window: Int64 = 0, isolates: Bool = false) -> BatchRules {
    var rules = BatchRules()
    rules.size = size
    rules.window = window * 1_000_000
    rules.isolatesTenants = isolates
    return rules
  }

  private static func at(_ milliseconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
  }

  private static func messages(_ count: Int) -> [ReceivedMessage] { (0..<count).map { _ in Examples.message() } }

  private static func ids(_ batches: [[ReceivedMessage]]) -> [[JobID]] { batches.map { $0.map(\.message.jobId) } }

  @Test("takes what is there where there is no window")
  func noWindow() {
    var assembly = BatchAssembly(Self.rules(10))
    let messages = Self.messages(3)
    #expect(assembly.add(messages, at: Self.at(0)) == .done)
    #expect(Self.ids(assembly.batches) == [messages.map(\.message.jobId)])
  }

  @Test("of nothing is nothing, and does not open the window")
  func nothing() {
    var assembly = BatchAssembly(Self.rules(10, window: 500))
    #expect(assembly.add([], at: Self.at(0)) == .done)
    #expect(assembly.batches.isEmpty)
  }

  @Test("collects until the window after its first message has passed")
  func window() {
    var assembly = BatchAssembly(Self.rules(10, window: 500))
    #expect(assembly.add(Self.messages(1), at: Self.at(100)) == .collect(upTo: 9, until: Self.at(600)))
    #expect(assembly.add(Self.messages(4), at: Self.at(400)) == .collect(upTo: 5, until: Self.at(600)))
    #expect(assembly.add([], at: Self.at(599)) == .collect(upTo: 5, until: Self.at(600)))
    #expect(assembly.add([], at: Self.at(600)) == .done)
    #expect(assembly.batches.map(\.count) == [5])
  }

  @Test("ends as soon as it is full")
  func full() {
    var assembly = BatchAssembly(Self.rules(4, window: 500))
    #expect(assembly.add(Self.messages(3), at: Self.at(0)) == .collect(upTo: 1, until: Self.at(500)))
    #expect(assembly.add(Self.messages(1), at: Self.at(1)) == .done)
    #expect(assembly.batches.map(\.count) == [4])
  }

  @Test("keeps tenants apart where they are isolated, in the order of their first messages", arguments: [true, false])
  func tenants(isolates: Bool) {
    let tenants: [String?] = ["b", nil, "a", "b", nil, "b"]
    let messages = tenants.map { tenant in
      var received = Examples.message()
      received.message.tenant = tenant
      return received
    }
    var assembly = BatchAssembly(Self.rules(10, isolates: isolates))
    #expect(assembly.add(messages, at: Self.at(0)) == .done)
    let batches = assembly.batches.map { $0.map(\.message.tenant) }
    #expect(batches == (isolates ? [["b", "b", "b"], [nil, nil], ["a"]] : [tenants]))
    #expect(Set(Self.ids(assembly.batches).joined()) == Set(messages.map(\.message.jobId)))
  }
}
