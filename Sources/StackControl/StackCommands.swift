import HostSystem

extension StackConfiguration {
  /// How to start one of the stack's programs.
  func request(for program: StackProgram) throws(StackError) -> ProcessRequest {
    switch program {
    case .redis: try redis()
    case .host:
      try own(
        "rce-lambda-host",
        ["--redis", "unix:\(redisSocket)", "--code-directory", "\(directory)/code", "--wait-for-redis", "10"]
          + (concurrency.map { ["--concurrency", String($0)] } ?? []) + rules.arguments + hostOptions)
    case .api:
      try own(
        "rce-api",
        [
          "--redis", "unix:\(redisSocket)", "--code-directory", "\(directory)/code", "--wait-for-redis", "10",
          "--listen", "127.0.0.1:\(port)",
        ] + apiOptions)
    }
  }

  /// Every accepted job is in the append-only file before its client hears of it; no port is opened, only a socket.
  private func redis() throws(StackError) -> ProcessRequest {
    let path = try ProgramLocation.system("redis-server", package: "redis-server")
    return ProcessRequest(
      path,
      [
        "--port", "0", "--unixsocket", redisSocket, "--unixsocketperm", "700", "--dir", "\(directory)/redis",
        "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction",
        "--daemonize", "no", "--logfile", "",
      ], environment: Self.environment)
  }

  private func own(_ name: String, _ arguments: [String]) throws(StackError) -> ProcessRequest {
    ProcessRequest(try programs.own(name), arguments, environment: Self.environment)
  }

  /// A literal environment, so that a stack behaves the same whoever starts it, and no secret of theirs reaches it;
  /// only variables that are meant for its programs are handed on.
  private static var environment: [String] {
    let standard = ["PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin", "LANG=C.UTF-8"]
    return standard
      + ProcessEnvironment.variables(
        startingWith: ["RCE_API_", "RCE_HOST_", "RCE_EXECUTOR_", "RCE_BWRAP", "RCE_LANGUAGES"])
  }
}
