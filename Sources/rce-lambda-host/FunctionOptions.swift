import ArgumentParser
import HostSystem
import Jobs
import LambdaHost
import MicroHTTP
import ServiceStart

/// `rce-lambda-host function`: any bootstrap behind Lambda's Invoke operation, without a queue.
struct FunctionOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rce-lambda-host function", abstract: "Serve one function as Lambda would, without a queue.",
    discussion: """
      The command after -- is the function's bootstrap: it speaks the Lambda Runtime API at a plain host and port in \
      AWS_LAMBDA_RUNTIME_API, as on Lambda. Callers use Lambda's Invoke operation, for example the AWS CLI with \
      --endpoint-url, whose signatures are not looked at. The function's log goes to standard output.

      Example: rce-lambda-host function --name hello --timeout 3s -- /usr/bin/python3 -m awslambdaric app.handler

      When the program is ready it prints one line that starts with "rce-lambda-host ready". Exit codes: 0 stopped by a \
      signal, 2 an option is wrong.
      """, version: ProductVersion.text)

  @Option(help: .init("Where callers reach it; port 0 takes a free one.", valueName: "address:port"))
  var listen = ListenAddress(host: "127.0.0.1", port: 0)

  @Option(help: .init("The function's name.", valueName: "name"))
  var name = "function"

  @Option(help: .init("Environments alive at once; more invocations than that are throttled.", valueName: "count"))
  var environments = 1

  @Flag(help: .init("An environment serves one tenant only; every call must name one in X-Amz-Tenant-Id."))
  var tenantIsolation = false

  @Option(help: .init("Environments that are always kept ready.", valueName: "count"))
  var provisionedConcurrency = 0

  @Option(help: .init("An environment without work for so long is stopped.", valueName: "time"))
  var idleTimeout = Seconds(300)

  @Option(help: .init("Memory that an environment is configured with and billed for.", valueName: "MiB"))
  var memory = 128

  @Option(help: .init("Longest invocation; an environment that takes longer is killed.", valueName: "time"))
  var timeout = Seconds(3)

  @Option(help: .init("Longest start of an environment.", valueName: "time"))
  var initTimeout = Seconds(10)

  @Option(help: .init("Where the function starts, its LAMBDA_TASK_ROOT.", valueName: "path"))
  var folder: String?

  @Option(
    help: .init(
      "A variable of the function; without a value, the host's own is handed on. It gets no others.",
      valueName: "name[=value]"))
  var variable: [String] = []

  @Argument(parsing: .postTerminator, help: .init("The bootstrap, as an absolute path, and its arguments."))
  var command: [String] = []

  func validate() throws {
    guard let program = command.first, program.hasPrefix("/") else {
      throw ValidationError("name the function's bootstrap after --, as an absolute path")
    }
    try require(1...1_250, environments, "environments")
    try require(0...environments, provisionedConcurrency, "provisioned-concurrency")
    try require(128...10_240, memory, "memory")
    try require(Seconds(1)...Seconds(900), timeout, "timeout")
    try require(Seconds(1)...Seconds(900), initTimeout, "init-timeout")
    try require(Seconds(1)...Seconds(86_400), idleTimeout, "idle-timeout")
    guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }), !name.isEmpty else {
      throw ValidationError("--name must be of letters, digits, - and _, got '\(name)'")
    }
  }

  private func require<Value: Comparable>(_ range: ClosedRange<Value>, _ value: Value, _ name: String) throws {
    guard !range.contains(value) else { return }
    throw ValidationError("--\(name) must be from \(range.lowerBound) to \(range.upperBound), got \(value)")
  }
}

extension FunctionOptions {
  /// How environments are started, and the rules that they live by.
  func host(reading own: [String: String]) throws -> EnvironmentHostConfiguration {
    var pool = PoolConfiguration(limit: environments)
    pool.idleTimeout = idleTimeout.nanoseconds
    pool.provisioned = provisionedConcurrency
    pool.isolatesTenants = tenantIsolation
    pool.initTimeout = initTimeout.nanoseconds
    pool.invocationTimeout = timeout.nanoseconds
    var launch = ExecutorLaunch(path: command.first ?? "", memoryMB: memory)
    launch.arguments = Array(command.dropFirst())
    launch.functionName = name
    launch.folder = folder
    launch.variables = try variables(reading: own)
    var configuration = EnvironmentHostConfiguration(pool: pool, launch: launch)
    configuration.hasOwnDoors = true
    return configuration
  }

  private func variables(reading own: [String: String]) throws -> [String: String] {
    var variables: [String: String] = [:]
    for text in variable {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let value = parts.count == 2 ? parts[1] : own[parts[0]] else {
        throw StartFailure("--variable \(text): there is no such variable here", exitCode: StartFailure.usage)
      }
      variables[parts[0]] = value
    }
    return variables
  }

  /// How the server listens.
  var server: HTTPServer.Configuration {
    var server = HTTPServer.Configuration()
    server.address = listen.host
    server.port = listen.port
    server.threads = 2
    return server
  }
}
