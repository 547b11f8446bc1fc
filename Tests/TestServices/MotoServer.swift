import FoundationEssentials
import Glibc
import HostSystem

/// AWS's services as moto imitates them, for one test: a process of its own on a free loopback port.
public final class MotoServer: Sendable {
  /// Where it answers, for example `http://127.0.0.1:40123`.
  public let url: String
  private let process: OwnedProcess

  /// The variables that a program needs to use it in place of AWS.
  public var environment: [String: String] {
    [
      "AWS_ENDPOINT_URL": url, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
      "AWS_SECRET_ACCESS_KEY": "not-a-real-secret", "AWS_EC2_METADATA_DISABLED": "true",
    ]
  }

  /// Starts a server and waits until it listens.
  public init() throws {
    let port = try LoopbackPort.free()
    url = "http://127.0.0.1:\(port)"
    let program = try Self.program()
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    process = try OwnedProcess(
      ProcessRequest(
        program, ["-H", "127.0.0.1", "-p", "\(port)"], environment: ["LC_ALL=C.UTF-8", "PATH=\(path)", "HOME=/tmp"]))
    guard eventually(within: 60_000, { process.hasEnded() || Self.listens(port) }), !process.hasEnded() else {
      throw ServiceError("\(program) does not listen on port \(port)")
    }
  }

  deinit { process.end() }

  /// Ends the server.
  public func stop() {
    process.end()
  }

  /// Where the program is: in a virtual environment of this package's build directory, which is made where needed.
  private static func program() throws -> String {
    if let named = getenv("MOTO_SERVER") { return String(cString: named) }
    let version = "5.2.1"
    let directory = ".build/moto-\(version)"
    let program = "\(directory)/bin/moto_server"
    if access(program, X_OK) == 0 { return program }
    let python = try ProgramPath.find("python3", package: "python3-venv")
    try run(python, ["-m", "venv", directory])
    try run("\(directory)/bin/pip", ["install", "--quiet", "moto[server]==\(version)"])
    return program
  }

  private static func run(_ program: String, _ arguments: [String]) throws {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let process = try OwnedProcess(ProcessRequest(program, arguments, environment: ["PATH=\(path)", "HOME=/tmp"]))
    guard process.end(within: 300_000) == .exited(0) else {
      throw ServiceError("\(program) \(arguments.joined(separator: " ")) failed")
    }
  }

  private static func listens(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}

extension MotoServer {
  /// Makes a queue and returns its URL.
  ///
  /// - Parameter attributes: for example `["VisibilityTimeout": "2"]`.
  public func makeQueue(_ name: String, attributes: [String: String] = [:]) throws -> String {
    let pairs = attributes.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
    let answer = try curl(
      "sqs",
      [
        "-X", "POST", "-H", "X-Amz-Target: AmazonSQS.CreateQueue", "-H", "Content-Type: application/x-amz-json-1.0",
        "-d", "{\"QueueName\":\"\(name)\",\"Attributes\":{\(pairs)}}", url,
      ])
    guard let start = answer.firstRange(of: "http") else { throw ServiceError("no queue was made: \(answer)") }
    return String(answer[start.lowerBound...].prefix { $0 != "\"" })
  }

  /// Makes a call of a service that speaks JSON, and returns what it answers.
  public func call(_ service: String, target: String, body: String) throws -> String {
    try curl(
      service,
      [
        "-X", "POST", "-H", "X-Amz-Target: \(target)", "-H", "Content-Type: application/x-amz-json-1.1", "-d", body,
        url,
      ])
  }

  /// Makes a bucket.
  public func makeBucket(_ name: String) throws {
    _ = try curl("s3", ["-X", "PUT", "\(url)/\(name)"])
  }

  private func curl(_ service: String, _ arguments: [String]) throws -> String {
    let program = try ProgramPath.find("curl", package: "curl")
    let directory = try TemporaryDirectory(named: "rce-moto")
    let process = try OwnedProcess(
      ProcessRequest(
        program,
        [
          "-sS", "-o", "\(directory.path)/answer", "--aws-sigv4", "aws:amz:us-east-1:\(service)", "--user",
          "AKIDEXAMPLE:not-a-real-secret",
        ] + arguments, environment: ["LC_ALL=C.UTF-8"]))
    guard process.end(within: 20_000) == .exited(0) else { throw ServiceError("curl failed on \(service)") }
    let bytes = try FileDescriptor.open("\(directory.path)/answer", O_RDONLY).readAll()
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension MotoServer {
  /// Runs a script of Python beside moto, where botocore is; returns what it writes to the file of its last argument.
  public static func python(_ script: String, _ arguments: [String]) throws -> String {
    let python =
      try program().split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/python3"
    let directory = try TemporaryDirectory(named: "rce-python")
    let file = "\(directory.path)/answer"
    try run(python, ["-c", script] + arguments + [file])
    return String(decoding: try FileDescriptor.open(file, O_RDONLY).readAll(), as: UTF8.self)
  }
}
