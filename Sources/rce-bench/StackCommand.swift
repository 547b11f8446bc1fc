public import ArgumentParser
import Glibc
import HostSystem
public import StackControl

/// `rce-bench stack`: the local platform for development.
struct StackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stack", abstract: "Start, look at and stop the local platform.",
    discussion: """
      It is the set of programs that `rce-bench run` starts for `target: local`:
      redis-server, rce-lambda-host with its execution environments, and
      rce-api. All of it listens on loopback or on a socket in its own folder.
      """,
    subcommands: [Up.self, Status.self, Logs.self, Down.self])

  /// Which stack a command is about.
  struct Place: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "The stack's folder: sockets, data, code, logs.",
        discussion: "By default stack/local/state where that folder's parent exists, else ~/.local/state/rce-bench."))
    var directory: String?

    /// The folder as an absolute path.
    var folder: String {
      let path = directory ?? Self.standard
      guard !path.hasPrefix("/"), let current = getcwd(nil, 0) else { return path }
      defer { free(current) }
      return "\(String(cString: current))/\(path)"
    }

    private static var standard: String {
      if access("stack/bootstrap.sh", F_OK) == 0 { return "stack/local/state" }
      let home = getenv("HOME").map { String(cString: $0) } ?? "/tmp"
      return "\(home)/.local/state/rce-bench"
    }
  }
}

extension StackCommand {
  /// `rce-bench stack up`.
  struct Up: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Start the stack and keep it running until Ctrl-C (or until `stack down`).")

    @OptionGroup var place: Place
    @Option(help: "The API's port on loopback; 0 takes a free one.") var port: UInt16 = 8080
    @Option(help: "Execution environments at once (default: the number of cores).") var concurrency: Int?
    @Option(
      help: ArgumentHelp(
        "The folder of the web console that the API serves at /.",
        discussion: "By default stack/web/dist where `make console` has built it; \"\" serves none."))
    var console: String?
    @OptionGroup var host: HostRuleOptions
    @Flag(help: "Start in the background, print the URL when it is ready, and return.") var detach = false

    func validate() throws {
      if let concurrency, !(1...1_000).contains(concurrency) {
        throw ValidationError("--concurrency must be from 1 to 1000, got \(concurrency)")
      }
      try host.validate(within: nil)
    }

    func run() throws {
      try detach ? runDetached() : runHere()
    }

    private func runHere() throws {
      // Before any thread starts, so that every thread inherits the mask.
      let signals = try SignalDescriptor([SIGINT, SIGTERM, SIGHUP])
      var configuration = StackConfiguration(directory: place.folder)
      configuration.port = port
      configuration.concurrency = concurrency
      configuration.rules = host.rules
      configuration.apiOptions = consoleFolder.map { ["--console", $0, "--reports", "reports/runs"] } ?? []
      let stack = try LocalStack(configuration, report: { Console.error("stack: \($0)") })
      Console.print(StackText.ready(stack.state))
      let watcher = try NativeThread(named: "signals") {
        if signals.wait() != nil { stack.requestStop() }
      }
      try stack.waitForEnd()
      Console.error("stack: stopped")
      withExtendedLifetime(watcher) {}
    }

    /// The console that is there, or the one that was asked for, which the API complains of where it is not.
    private var consoleFolder: String? {
      if let console { return console.isEmpty ? nil : console }
      return access("stack/web/dist/manifest.json", R_OK) == 0 ? "stack/web/dist" : nil
    }

    /// Starts this same command as a process of its own session, and waits until it says that it is ready.
    private func runDetached() throws {
      let folder = StackFolder(place.folder)
      try folder.create()
      let log = "\(place.folder)/logs/stack.log"
      let output = try FileDescriptor.open(log, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
      var request = ProcessRequest(
        try ProgramLocation(directory: OwnProgram.directory).own("rce-bench"),
        ["stack", "up", "--directory", place.folder, "--port", String(port)]
          + (concurrency.map { ["--concurrency", String($0)] } ?? [])
          + (console.map { ["--console", $0] } ?? []) + host.rules.arguments,
        environment: ProcessEnvironment.variables(startingWith: ["PATH=", "HOME=", "TMPDIR=", "LANG=", "RCE_"]))
      request.newSession = true
      request.descriptors = [-1, output.number, output.number]
      let child = try ChildProcess(request)
      while (try? folder.running())?.supervisor != child.id {
        guard child.hasEnded(within: 20) else { continue }
        let text = String(decoding: (try? FileDescriptor.open(log, O_RDONLY).readAll()) ?? [], as: UTF8.self)
        Console.error(text.isEmpty ? "rce-bench: the stack did not start; see \(log)" : text.trimmingNewline)
        if case .exited(let code) = try child.wait().end { throw ExitCode(code) }
        throw BenchExit.targetUnreachable
      }
      Console.print(StackText.ready(try folder.running()))
    }
  }

  /// `rce-bench stack status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say whether the stack runs, where, and how it does.")

    @OptionGroup var place: Place
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
      let state = try StackFolder(place.folder).running()
      let health = StackHealth(of: state)
      Console.print(json ? try StackText.json(state, health) : StackText.status(state, health))
      if !health.isServing { throw BenchExit.targetUnreachable }
    }
  }

  /// `rce-bench stack logs`.
  struct Logs: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the stack's logs.")

    @OptionGroup var place: Place
    @Argument(help: "Which program's: \(StackProgram.names) (default: all).") var program: StackProgram?
    @Option(name: [.customShort("n"), .long], help: "Lines of each log.") var lines = 40
    @Flag(name: .shortAndLong, help: "Go on printing as lines come, until Ctrl-C.") var follow = false

    func validate() throws {
      guard lines >= 0 else { throw ValidationError("--lines must not be negative, got \(lines)") }
    }

    func run() throws {
      let configuration = StackConfiguration(directory: place.folder)
      let programs = program.map { [$0] } ?? StackProgram.allCases
      var tails = programs.map { LogTail(path: configuration.log(of: $0.rawValue), name: $0.rawValue) }
      guard tails.contains(where: \.exists) else { _ = try StackFolder(place.folder).running(); return }
      for index in tails.indices { for line in tails[index].last(lines) { Console.print(line) } }
      guard follow else { return }
      let signals = try SignalDescriptor([SIGINT, SIGTERM])
      while signals.wait(milliseconds: 100) == nil {
        for index in tails.indices { for line in tails[index].next() { Console.print(line) } }
      }
    }
  }

  /// `rce-bench stack down`.
  struct Down: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Stop the stack; jobs in hand are finished first. Its data stay for the next `stack up`.")

    @OptionGroup var place: Place
    @Flag(help: "Also remove the stack's folder: queue, states, code and logs.") var purge = false

    func run() throws {
      let folder = StackFolder(place.folder)
      if folder.isInUse {
        try stop(folder)
        Console.print("stack: stopped")
      } else {
        Console.print("stack: nothing runs in \(place.folder)")
      }
      if purge { try folder.purge() }
    }

    private func stop(_ folder: StackFolder) throws {
      let supervisor = try folder.running().supervisor
      kill(supervisor, SIGTERM)
      let deadline = MonotonicInstant.now + 30_000_000_000
      while folder.isInUse {
        if MonotonicInstant.now >= deadline { kill(supervisor, SIGKILL) }
        usleep(20_000)
      }
    }
  }
}

extension StackProgram: ExpressibleByArgument {
  /// The names for help texts.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension String {
  /// The text without line breaks at its end.
  var trimmingNewline: String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
