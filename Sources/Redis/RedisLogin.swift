/// Who a client is to the server: never printed.
struct RedisLogin: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  /// A user of the server's access list; nil is the default user.
  let user: String?
  let password: String

  var description: String { "a login" }
  var customMirror: Mirror { Mirror(self, children: []) }

  /// The command that proves it.
  var command: [RedisArgument] { ["AUTH"] + (user.map { [RedisArgument($0)] } ?? []) + [RedisArgument(password)] }
}
