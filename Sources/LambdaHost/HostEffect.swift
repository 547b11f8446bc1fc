import MicroHTTP

/// What is to be done after a change of the host's state, outside its lock and in order.
enum HostEffect: Sendable {
  /// Answer a call of the Runtime API.
  case respond(HTTPExchange, HTTPResponse)
  /// Wake the caller of an invocation.
  case complete(PendingInvocation, InvocationAnswer)
  /// Have something done to a process.
  case command(ProcessSupervisor.Command)
  /// Write a line to the function's log.
  case functionLog(String)
  /// Write a line to the host's own log.
  case note(String)
}
