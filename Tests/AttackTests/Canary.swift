import FoundationEssentials
import Glibc
import HostSystem
import Jobs

/// A secret of the supervisor, put where a program that gets out of line would come across it.
final class Canary: Sendable {
  /// The secret; its start tells what it is, the rest makes it unlike anything else.
  let secret: String
  /// A file that only root may read.
  let file: String
  private let carrier: ChildProcess
  private let carrierInput: Lock<Int32>
  private static let variables = ["RCE_CANARY", "AWS_SECRET_ACCESS_KEY", "RCE_HOST_REDIS_PASSWORD"]

  /// Puts a new secret into the environment, into a file in this directory, and into another process of this user.
  init(in directory: String) throws {
    secret = "canary" + (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    file = directory + "/secret"
    for name in Self.variables { setenv(name, secret, 1) }
    try FileDescriptor.open(file, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600).writeAll(secret + "\n")
    var pipe = try Pipe()
    guard let input = pipe.reading.take(), let holder = pipe.writing.take() else { preconditionFailure("new pipe") }
    // It has the secret among its arguments and in the environment that it was born with, as services have theirs, and
    // ends when this process lets go of the pipe.
    var request = ProcessRequest("/bin/sh", ["-c", "read line", secret], environment: ["RCE_CANARY=\(secret)"])
    request.descriptors = [input.number, -1, -1]
    carrier = try ChildProcess(request)
    carrierInput = Lock(holder.release())
  }

  /// Takes the secret back.
  func remove() {
    for name in Self.variables { unsetenv(name) }
    unlink(file)
    carrierInput.withLock { _ = close($0) }
    _ = try? carrier.wait()
  }

  /// The places of a result in which the secret shows, as it is or encoded.
  func leaks(in result: ExecutionResult) -> [String] {
    let outputs = Outputs.texts(of: result)
    return needles.filter { needle in outputs.contains { $0.contains(needle) } }
      .map { "P5 the supervisor's secret is in the output as \($0)" }
  }

  /// The secret, in hexadecimal, and in base64 at each of the three ways it can lie there.
  private var needles: [String] {
    let bytes = Array(secret.utf8)
    let shifted = (0..<3).map { shift in
      // The first and the last characters depend on what stands beside the secret.
      let text = Data(Array(repeating: 0, count: shift) + bytes).base64EncodedString()
      return String(text.dropFirst(4).dropLast(4))
    }
    return [secret, String(secret.reversed()), bytes.map { String($0, radix: 16) }.joined()] + shifted
  }
}
