import CodeExecution
import FoundationEssentials
import Glibc
import Jobs

/// The execution environment: a Lambda bootstrap that compiles and runs programs in a sandbox.
@main
struct RCEExecutor {
  static let version = ProductVersion.text

  static func main() {
    Secrets.hide()
    exit(run(Command(Array(CommandLine.arguments.dropFirst()))))
  }

  private static func run(_ command: Command) -> Int32 {
    switch command {
    case .help: Console.write(Command.usage)
    case .version: Console.write("rce-executor \(version)\n")
    case .misuse(let problem):
      Console.report("\(problem)\n\(Command.usage)")
      return 2
    case .serve: return attempt(serve)
    case .check:
      return attempt { Console.write([UInt8](try JSONEncoder.forPeople.encode(SelfCheck(ExecutorSetup()))) + [10]) }
    case .prepare:
      return attempt {
        for path in try ExecutorSetup(preparesImage: true).executor.prepare() { Console.write(path + "\n") }
      }
    case .once: return once()
    }
    return 0
  }

  private static func attempt(_ body: () throws -> Void) -> Int32 {
    do {
      try body()
      return 0
    } catch {
      Console.report("\(error)")
      return 1
    }
  }

  private static func serve() throws {
    guard let runtimeAPI = Environment["AWS_LAMBDA_RUNTIME_API"] else {
      throw UsageError("AWS_LAMBDA_RUNTIME_API is not set: start it through rce-lambda-host, or use --once")
    }
    Secrets.erase()
    let stop = try StopSignal()
    try Service(runtimeAPI: runtimeAPI).run(stop)
  }

  private static func once() -> Int32 {
    let request: ExecutionRequest
    do {
      _ = try LanguageTable.selected.get()
      request = try JSONDecoder().decode(ExecutionRequest.self, from: Data(Console.readAll()))
    } catch let error as LanguageTableError {
      Console.report("\(error)")
      return 2
    } catch {
      Console.report("standard input is not an execution request: \(error)")
      return 2
    }
    let faults = RequestCheck().faults(request)
    guard faults.isEmpty else {
      for fault in faults { Console.report("the request is refused: \(fault)") }
      return 2
    }
    return attempt {
      let result = try ExecutorSetup().executor.execute(request)
      Console.write([UInt8](try JSONEncoder.forPeople.encode(result)) + [10])
    }
  }
}

/// Started in the wrong way.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
