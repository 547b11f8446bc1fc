import Glibc
import HostSystem
import LambdaHost
import Logging
import MicroHTTP
import ServiceStart

/// The life of `rce-lambda-host function`.
enum FunctionProgram {
  /// Serves until a signal comes; what then runs is killed.
  static func run(_ signals: borrowing SignalDescriptor) throws {
    let arguments = Array(CommandLine.arguments.dropFirst(2))
    let options = try OptionEnvironment.parse(FunctionOptions.self, prefix: "RCE_FUNCTION_", arguments)
    let configuration = try options.host(reading: ProcessEnvironment.byName)
    let path = configuration.launch.path
    guard access(path, X_OK) == 0 else {
      throw StartFailure(
        "the bootstrap \(path) cannot be run: \(String(cString: strerror(errno)))", exitCode: StartFailure.usage)
    }
    let log = Logger.ofProgram("rce-lambda-host", level: .notice)
    let host = try EnvironmentHost(configuration, logger: log, functionLog: { StandardOutput.write($0) })
    let server: FunctionServer
    do throws(HTTPServerError) {
      server = try FunctionServer(options.server, host)
    } catch {
      throw StartFailure("--listen: \(error)", exitCode: StartFailure.usage)
    }
    let address = ListenAddress(host: options.listen.host, port: server.port)
    StandardOutput.write("rce-lambda-host ready: function \(options.name) on http://\(address)")
    _ = signals.wait()
    host.stop()
    server.stop()
  }
}
