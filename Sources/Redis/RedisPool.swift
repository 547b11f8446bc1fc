import HostSystem

/// Connections to one server, lent to one thread at a time.
///
/// At most `limit` are open; a caller waits for one to come back, up to the timeout. A connection that broke while it
/// was lent, or that the server closed while it was idle, is dropped and made anew.
public final class RedisPool: Sendable {
  /// Where the server listens.
  public let address: RedisAddress
  /// Patience of every connection.
  public let timeouts: RedisTimeouts
  private let limit: Int
  private let state = Lock(State())

  private struct State {
    // Last in, first out: the connection used last is the likeliest to be alive.
    var idle: [Loan] = []
    var open = 0
  }

  /// A connection that moves as a whole between the idle list and one borrower.
  private final class Loan: @unchecked Sendable {
    // Proof of sendability: a loan is either in the idle list, under the lock, or with the one thread that took it.
    var connection: RedisConnection

    init(_ connection: consuming RedisConnection) {
      self.connection = connection
    }
  }

  /// A pool without connections; the first use makes the first.
  public init(_ address: RedisAddress, limit: Int = 16, timeouts: RedisTimeouts = .init()) {
    precondition(limit > 0, "a pool needs room for a connection, got \(limit)")
    self.address = address
    self.limit = limit
    self.timeouts = timeouts
  }

  /// Lends a connection for the time of the body.
  public func withConnection<Result: Sendable>(
    _ body: (inout RedisConnection) throws(RedisError) -> Result
  ) throws(RedisError) -> Result {
    let loan = try borrow()
    defer { giveBack(loan) }
    return try body(&loan.connection)
  }

  private func borrow() throws(RedisError) -> Loan {
    while let loan = try takeIdleOrPermission() {
      if !loan.connection.isStale() { return loan }
      forget()
    }
    do throws(RedisError) {
      return Loan(try RedisConnection(to: address, timeouts: timeouts))
    } catch {
      forget()
      throw error
    }
  }

  /// An idle connection, or nil as the permission to make one.
  private func takeIdleOrPermission() throws(RedisError) -> Loan? {
    let turn: Loan?? = state.wait(until: .now + timeouts.reply.nanoseconds) { [limit] state in
      if let loan = state.idle.popLast() { return .some(loan) }
      guard state.open < limit else { return nil }
      state.open += 1
      return .some(nil)
    }
    guard let turn else {
      throw RedisError(
        .busy, operation: "borrow a connection", address: "\(address)",
        reason: "all \(limit) were in use for \(timeouts.reply)")
    }
    return turn
  }

  private func giveBack(_ loan: Loan) {
    guard !loan.connection.isBroken else { return forget() }
    state.withLock { $0.idle.append(loan) }
    state.notifyAll()
  }

  private func forget() {
    state.withLock { $0.open -= 1 }
    state.notifyAll()
  }
}

extension Duration {
  fileprivate var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
