import CHiredis
import Glibc
import HostSystem
import TLS

extension HiredisContext {
  /// Connects and does what the address asks for: login and choice of a database.
  static func open(_ address: RedisAddress, _ timeouts: RedisTimeouts) throws(RedisError) -> Self {
    var context = try Self(connectingTo: address, within: timeouts.connect)
    try context.setPatience(timeouts.reply)
    var commands = address.login.map { [$0.command] } ?? []
    if address.database != 0 { commands.append(["SELECT", RedisArgument(address.database)]) }
    for command in commands { try context.append(command) }
    for command in commands {
      let operation = RedisCommand.name(of: command)
      if case .error(let reason) = try context.reply(to: operation) {
        throw RedisError(.refused, operation: operation, address: "\(address)", reason: reason)
      }
    }
    return context
  }

  /// Greets the server by TLS where the address asks for that.
  static func secure(
    _ socket: Int32, _ address: RedisAddress, within patience: Duration
  ) throws(RedisError) -> SecureTransport? {
    guard let security = address.security, case .tcp(let host, _) = address.place else { return nil }
    do throws(TLSError) {
      return try SecureTransport(over: socket, to: host, security, within: patience)
    } catch {
      throw RedisError(error, operation: "connect", address: "\(address)", connecting: true)
    }
  }

  /// hiredis writes without MSG_NOSIGNAL, so a server that goes away would end the process.
  static let ignoreBrokenPipes: Void = {
    var present = sigaction()
    sigaction(SIGPIPE, nil, &present)
    // A handler that the program chose itself stays.
    if present.__sigaction_handler.sa_handler == nil { signal(SIGPIPE, SIG_IGN) }
  }()
}

extension Duration {
  /// The value as hiredis takes it; never zero, which would mean no limit.
  var timeval: timeval {
    let microseconds = max(1, components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000)
    return Glibc.timeval(tv_sec: Int(microseconds / 1_000_000), tv_usec: Int(microseconds % 1_000_000))
  }
}
