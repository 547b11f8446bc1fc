import ArgumentParser
import Glibc
import JobBackends
import Jobs
import LambdaHost
import Logging
import Redis
import ServiceStart

/// What the program can be told, by its command line or its environment.
struct Options: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rce-lambda-host", abstract: "Run the jobs of a queue in execution environments on this machine.",
    discussion: """
      It takes messages from the queue, and runs each in an environment: a process of rce-executor that it starts on \
      demand, keeps warm, reuses, bounds and bills as AWS Lambda does. The function's log (START, END, REPORT and what \
      the environments write) goes to standard output, its own log to standard error.

      When the program is ready it prints one line that starts with "rce-lambda-host ready". SIGTERM and SIGINT let it \
      finish the messages in hand (see --drain-timeout); a second one ends it at once.

      Every option is also read from the environment: RCE_HOST_ and its name in capitals, for example \
      RCE_HOST_CODE_DIRECTORY for --code-directory. The command line wins. RCE_BWRAP (the path of \
      bubblewrap), RCE_LANGUAGES (a file with further languages) and variables that start with RCE_EXECUTOR_ are \
      handed on to the environments, and no others.

      `rce-lambda-host function --help` tells of its other use: to serve one function of any kind, without a queue.

      Exit codes: 0 stopped by a signal, 2 an option is wrong or this machine cannot run programs, 6 Redis cannot be \
      reached.
      """, version: ProductVersion.text)

  // A text that is read later: ArgumentParser repeats a value that it cannot read, and there may be a password in it.
  @Option(help: .init(RedisOption.help, valueName: "address"))
  var redis = RedisOption.standard

  @Option(help: .init("Keep trying for so long while Redis is not there at the start.", valueName: "time"))
  var waitForRedis = Seconds(0)

  @Option(help: .init("What every Redis key starts with.", valueName: "text"))
  var keyPrefix = PlatformConfiguration().keyPrefix

  @Option(help: .init("Where source text is kept that is too large for the queue; the API's own.", valueName: "path"))
  var codeDirectory: String

  @Option(help: .init("How long a job is known after it was submitted; the API's own.", valueName: "seconds"))
  var jobLifetime = PlatformConfiguration().jobLifetimeSeconds

  @Option(help: .init("The executor (default: rce-executor beside this program).", valueName: "path"))
  var executor: String?

  @Option(
    help: .init(
      "Batches in hand at once (default: the number of cores; with --poller lambda, --environments). On Lambda: "
        + "maximum concurrency of the event source.", valueName: "count"))
  var concurrency: Int?

  @Option(
    help: .init(
      "How fast that many are reached: local (at once) or lambda (5, then 300 more a minute while messages wait, 1250 "
        + "at most).", valueName: "preset"))
  var poller = PollerPreset.local

  @Option(
    help: .init(
      "Messages of a batch, which one environment runs one after the other. On Lambda 10 by default.",
      valueName: "count"))
  var batchSize = 1

  @Option(
    help: .init(
      "A batch waits so long after its first message for more; needed above a size of 10, as on Lambda.",
      valueName: "time"))
  var batchingWindow = Seconds(0)

  @Option(
    help: .init(
      "Environments alive at once (default: --concurrency, or more where more are wanted ahead).", valueName: "count"))
  var environments: Int?

  @Option(
    help: .init(
      "Invocations at once, where that is to be less than --environments. On Lambda: reserved concurrency.",
      valueName: "count"))
  var reservedConcurrency: Int?

  @Option(
    help: .init(
      "Environments that are always kept ready, and replaced when they end; they are part of --environments. On "
        + "Lambda: provisioned concurrency.", valueName: "count"))
  var provisionedConcurrency = 0

  @Flag(
    help: .init(
      "An environment serves one tenant only, as in Lambda's tenant isolation mode; jobs without a tenant are one of "
        + "their own. At the limit the longest idle environment of another tenant makes room."))
  var tenantIsolation = false

  @Option(help: .init("An environment without work for so long is stopped.", valueName: "time"))
  var idleTimeout = Seconds(300)

  @Option(help: .init("Environments on demand that idleness does not stop.", valueName: "count"))
  var keep = 0

  @Option(help: .init("Environments started before there is work.", valueName: "count"))
  var prewarm = 0

  @Option(help: .init("Replace an environment after so many invocations; 0 never does.", valueName: "count"))
  var recycleAfter = 0

  @Flag(help: .init("Replace an environment after a job that broke a limit (time, memory, processes, disk, output)."))
  var recycleAfterLimit = false

  @Option(help: .init("Memory that an environment is configured with and billed for.", valueName: "MiB"))
  var memory = 512

  @Option(help: .init("Longest invocation; an environment that takes longer is killed.", valueName: "time"))
  var timeout = Seconds(30)

  @Option(
    help: .init(
      "Longest start of an environment; where it fails another is started, once, in the time of the invocation, as on "
        + "Lambda.", valueName: "time"))
  var initTimeout = Seconds(10)

  @Option(
    help: .init(
      "A message in hand for so long is given to another host (default: 60s, and never less than --timeout and "
        + "--init-timeout for each message of a batch, --batching-window, and 20s for storing the result).",
      valueName: "time"))
  var visibilityTimeout: Seconds?

  @Option(help: .init("Deliveries of a message before its job fails.", valueName: "count"))
  var maximumReceives = PlatformConfiguration().maximumReceives

  @Option(help: .init("Time for the messages in hand when it is told to stop.", valueName: "time"))
  var drainTimeout = Seconds(10)

  @Option(
    help: .init(
      "Serve /health, /metrics (Prometheus) and /environments there; port 0 takes a free one.",
      valueName: "address:port"))
  var metricsListen: ListenAddress?

  @Option(
    help: .init("trace, debug, info, notice, warning, error or critical.", valueName: "level"),
    transform: { try Logger.Level(option: $0) })
  var logLevel: Logger.Level = .info

  /// Where Redis is.
  var redisAddress: RedisAddress { get throws { try RedisOption.address(redis) } }

  func validate() throws {
    _ = try redisAddress
    try require(1...1_250, dispatchThreads, "concurrency")
    try require(1...1_250, environmentLimit, "environments")
    try require(1...environmentLimit, reservedConcurrency ?? 1, "reserved-concurrency")
    try require(0...(reservedConcurrency ?? environmentLimit), provisionedConcurrency, "provisioned-concurrency")
    try require(0...environmentLimit - provisionedConcurrency, keep, "keep")
    try require(0...environmentLimit - provisionedConcurrency, prewarm, "prewarm")
    try require(1...1_000, batchSize, "batch-size")
    try require(Seconds(batchSize > 10 ? 1 : 0)...Seconds(300), batchingWindow, "batching-window")
    try require(0...Int.max, recycleAfter, "recycle-after")
    try require(128...10_240, memory, "memory")
    try require(1...100, maximumReceives, "maximum-receives")
    try require(60...31_536_000, jobLifetime, "job-lifetime")
    try require(Seconds(1)...Seconds(900), timeout, "timeout")
    try require(Seconds(1)...Seconds(900), initTimeout, "init-timeout")
    try require(Seconds(1)...Seconds(86_400), idleTimeout, "idle-timeout")
    try require(shortestVisibility...Seconds(43_200), visibility, "visibility-timeout")
  }

  private func require<Value: Comparable>(_ range: ClosedRange<Value>, _ value: Value, _ name: String) throws {
    guard !range.contains(value) else { return }
    throw ValidationError("--\(name) must be from \(range.lowerBound) to \(range.upperBound), got \(value)")
  }
}
