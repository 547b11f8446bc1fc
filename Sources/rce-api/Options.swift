import ArgumentParser
import ExecutionAPI
import JobBackends
import Jobs
import Logging
import MicroHTTP
import Redis
import ServiceStart

/// What the program can be told, by its command line or its environment.
struct Options: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rce-api", abstract: "Take programs in to be run, and tell what became of them, over HTTP.",
    discussion: """
      When the program is ready it prints one line, "rce-api ready on http://ADDRESS:PORT". SIGTERM and SIGINT end \
      it within two seconds.

      Every option is also read from the environment: RCE_API_ and its name in capitals, for example \
      RCE_API_CODE_DIRECTORY for --code-directory. The command line wins.

      Exit codes: 0 stopped by a signal, 2 an option is wrong or the port is in use, 6 Redis cannot be reached.
      """, version: ProductVersion.text)

  @Option(help: .init("Address and port to listen on; port 0 takes a free one.", valueName: "address:port"))
  var listen = ListenAddress(host: "127.0.0.1", port: 8080)

  // A text that is read later: ArgumentParser repeats a value that it cannot read, and there may be a password in it.
  @Option(help: .init(RedisOption.help, valueName: "address"))
  var redis = RedisOption.standard

  @Option(help: .init("Keep trying for so long while Redis is not there at the start.", valueName: "seconds"))
  var waitForRedis = 0

  @Option(help: .init("Where source text is kept that is too large for the queue.", valueName: "path"))
  var codeDirectory: String

  @Option(help: .init("What every Redis key starts with.", valueName: "text"))
  var keyPrefix = PlatformConfiguration().keyPrefix

  @Option(help: .init("How long a job is known after it was submitted.", valueName: "seconds"))
  var jobLifetime = PlatformConfiguration().jobLifetimeSeconds

  @Option(help: .init("Threads that serve connections.", valueName: "count"))
  var threads = 4

  @Option(help: .init("Connections open at once, waiting ones included.", valueName: "count"))
  var connections = 4_096

  @Option(help: .init("Largest body of a request.", valueName: "bytes"))
  var bodyLimit = 1 << 20

  @Option(help: .init("Largest source text that travels in the queue.", valueName: "bytes"))
  var inlineCodeLimit = PlatformConfiguration().inlineCodeBytes

  @Option(help: .init("Longest wait for a job's end in one request; 0 turns waiting off.", valueName: "seconds"))
  var maxWait = 20

  @Option(help: .init("Jobs waiting in the queue above which submissions get 429.", valueName: "count"))
  var maxQueue = 100_000

  @Option(help: .init("Wall-clock time of a program that asks for none; else its language's.", valueName: "ms"))
  var defaultWallTime: Int?

  @Option(help: .init("Wall-clock time that a program may ask for; else its language's.", valueName: "ms"))
  var maxWallTime: Int?

  @Option(help: .init("CPU time of a program that asks for none; else its language's.", valueName: "ms"))
  var defaultCPUTime: Int?

  @Option(help: .init("CPU time that a program may ask for; else its language's.", valueName: "ms"))
  var maxCPUTime: Int?

  @Option(help: .init("Memory of a program that asks for none; else its language's.", valueName: "MiB"))
  var defaultMemory: Int?

  @Option(help: .init("Memory that a program may ask for; else its language's.", valueName: "MiB"))
  var maxMemory: Int?

  @Option(help: .init("Web origins whose pages may call the API, separated by commas; * is any.", valueName: "origins"))
  var corsOrigin = ""

  @Option(help: .init("Serve the web console that was built into this folder, at /.", valueName: "path"))
  var console: String?

  @Option(help: .init("Where the console's pages find the API, if not beside them.", valueName: "url"))
  var consoleAPI: String?

  @Option(help: .init("Serve the reports of benchmark runs in this folder, at /reports.", valueName: "path"))
  var reports: String?

  @Option(
    help: .init("trace, debug (a line a request), info, notice, warning, error or critical.", valueName: "level"),
    transform: { try Logger.Level(option: $0) })
  var logLevel: Logger.Level = .info

  @Option(help: .init("An open descriptor that gets the ready line too, and is then closed.", valueName: "number"))
  var readyFd: Int32?

  func validate() throws {
    _ = try redisAddress
    if console == nil, consoleAPI != nil { throw ValidationError("--console-api needs --console") }
    try require(1...64, threads, "threads")
    try require(16...1_000_000, connections, "connections")
    try require(1_024...(64 << 20), bodyLimit, "body-limit")
    try require(0...bodyLimit, inlineCodeLimit, "inline-code-limit")
    try require(0...300, maxWait, "max-wait")
    try require(1...Int.max, maxQueue, "max-queue")
    try require(0...86_400, waitForRedis, "wait-for-redis")
    try require(60...31_536_000, jobLifetime, "job-lifetime")
    try require(1...3_600_000, maxWallTime, "max-wall-time")
    try require(1...3_600_000, maxCPUTime, "max-cpu-time")
    try require(16...1_048_576, maxMemory, "max-memory")
    try require(1...(maxWallTime ?? Self.most(\.wallTimeMs)), defaultWallTime, "default-wall-time")
    try require(1...(maxCPUTime ?? Self.most(\.cpuTimeMs)), defaultCPUTime, "default-cpu-time")
    try require(16...(maxMemory ?? Self.most(\.memoryMB)), defaultMemory, "default-memory")
  }

  /// The most that programs of any language may ask for.
  private static func most(_ limit: KeyPath<LanguageLimits, LimitRange>) -> Int {
    LanguageTable.current.languages.map { $0.limits[keyPath: limit].maximum }.max() ?? 1
  }

  private func require(_ range: ClosedRange<Int>, _ value: Int?, _ name: String) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError("--\(name) must be from \(range.lowerBound) to \(range.upperBound), got \(value)")
  }
}
