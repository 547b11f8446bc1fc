package import HostSystem
package import JobBackends

/// Which messages go together: those of one look, and those that come within the window after the first, up to the size.
///
/// Where tenants are isolated a batch holds the jobs of one tenant only, and what was collected becomes several batches,
/// in the order of their first messages.
package struct BatchAssembly: Sendable {
  /// What is to be done next.
  package enum Step: Sendable, Hashable {
    /// Look for so many more, until then.
    case collect(upTo: Int, until: MonotonicInstant)
    /// Nothing more belongs to it.
    case done
  }

  private let rules: BatchRules
  private var messages: [ReceivedMessage] = []
  private var closesAt: MonotonicInstant?

  package init(_ rules: BatchRules) {
    self.rules = rules
  }

  /// Messages came, or none within the time given.
  package mutating func add(_ received: [ReceivedMessage], at instant: MonotonicInstant) -> Step {
    messages += received
    guard !messages.isEmpty else { return .done }
    let closesAt = closesAt ?? instant + rules.window
    self.closesAt = closesAt
    guard messages.count < rules.size, instant < closesAt else { return .done }
    return .collect(upTo: rules.size - messages.count, until: closesAt)
  }

  /// What was collected.
  package var batches: [[ReceivedMessage]] {
    guard rules.isolatesTenants else { return messages.isEmpty ? [] : [messages] }
    var order: [String?] = []
    var batches: [String?: [ReceivedMessage]] = [:]
    for message in messages {
      let tenant = message.message.tenant
      if batches[tenant] == nil { order.append(tenant) }
      batches[tenant, default: []].append(message)
    }
    return order.compactMap { batches[$0] }
  }
}
