import Glibc
package import HostSystem

/// How the process of an environment is started: with what Lambda sets, and nothing of the host's own environment.
public struct ExecutorLaunch: Sendable {
  /// Absolute path of the bootstrap.
  public var path: String
  /// Arguments after its name; Lambda passes none.
  public var arguments: [String] = []
  /// The function's name in logs and in its ARN.
  public var functionName = "rce-executor"
  /// Mebibytes that the function is configured with.
  public var memoryMB: Int
  /// Where it starts, which is also its LAMBDA_TASK_ROOT; nil is the folder of the bootstrap for the latter only.
  public var folder: String?
  /// The function's own environment variables, as its configuration on Lambda would hold them.
  public var variables: [String: String] = [:]

  /// A bootstrap and its memory.
  public init(path: String, memoryMB: Int) {
    self.path = path
    self.memoryMB = memoryMB
  }

  /// The request for one environment; the output of the process goes to `log`.
  package func request(_ start: EnvironmentStart, log: Int32) -> ProcessRequest {
    var request = ProcessRequest(path, arguments, environment: environment(start))
    request.descriptors = [-1, log, log]
    request.directory = folder
    // A session of its own: Ctrl-C in the host's terminal is the host's to answer, and one signal reaches the group.
    request.newSession = true
    request.parentDeathSignal = SIGKILL
    // Lambda's own number of open files; a core file would end up in the file system of whoever looks.
    request.limit(Int32(RLIMIT_NOFILE.rawValue), to: 1_024)
    request.limit(Int32(RLIMIT_CORE.rawValue), to: 0)
    return request
  }

  private func environment(_ start: EnvironmentStart) -> [String] {
    let defaults = ["LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "TMPDIR": "/tmp"]
    let reserved = [
      "AWS_LAMBDA_RUNTIME_API": start.api, "AWS_LAMBDA_FUNCTION_NAME": functionName,
      "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": String(memoryMB),
      "AWS_LAMBDA_INITIALIZATION_TYPE": start.type.rawValue,
      "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/\(functionName)",
      "AWS_LAMBDA_LOG_STREAM_NAME": start.name, "LAMBDA_TASK_ROOT": taskRoot, "TZ": ":UTC",
    ]
    let values = defaults.merging(variables) { $1 }.merging(reserved) { $1 }
    return values.map { "\($0.key)=\($0.value)" }.sorted()
  }

  private var taskRoot: String {
    if let folder { return folder }
    let parts = path.split(separator: "/").dropLast().joined(separator: "/")
    return "/\(parts)"
  }
}
