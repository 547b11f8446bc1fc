import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import MicroHTTP
import StackControl
import Testing

@Suite("rce-bench stack", .serialized, .enabled(if: BuiltPrograms.exist, "needs `make build`"))
struct StackCommandTests {
  @Test("goes up detached, tells its URL, state and logs, and comes down without a trace")
  func lifecycle() throws {
    let folder = try TemporaryFolder()
    let place = ["--directory", folder.path]
    let up = try TestProgram.run(["stack", "up", "--port", "0", "--detach"] + place)
    #expect(up.end == .exited(0), "\(up.said)")
    let state = try StackFolder(folder.path).running()
    #expect(up.output.contains("stack ready on \(state.url)"))
    let status = try StackClient(url: state.url).run(Submission(code: "print(6 * 7)", language: .python))
    #expect(status.result == "42")

    let told = try TestProgram.run(["stack", "status", "--json"] + place)
    #expect(told.end == .exited(0) && told.output.contains(#""serving" : true"#), "\(told.said)")
    let logs = try TestProgram.run(["stack", "logs", "host"] + place)
    #expect(logs.output.contains("host | ") && logs.output.contains("REPORT RequestId: "), "\(logs.said)")
    let second = try TestProgram.run(["stack", "up", "--port", "0"] + place)
    #expect(second.end == .exited(2) && second.errors.contains("a stack already runs in"), "\(second.said)")

    let down = try TestProgram.run(["stack", "down", "--purge"] + place)
    #expect(down.end == .exited(0), "\(down.said)")
    for process in state.processes.values + [state.supervisor] { #expect(!isRunning(process)) }
    #expect(access(folder.path, F_OK) != 0)
  }

  @Test("ends on Ctrl-C with nothing left")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let program = try TestProgram(["stack", "up", "--port", "0", "--directory", folder.path])
    let state = try #require(eventually(within: 30) { try? StackFolder(folder.path).running() })
    program.child.signal(SIGINT)
    let end = try program.finish(within: 30)
    #expect(end.end == .exited(0), "\(end.said)")
    for process in state.processes.values { #expect(!isRunning(process)) }
  }

  @Test("leaves nothing even when it is killed")
  func killed() throws {
    let folder = try TemporaryFolder()
    let program = try TestProgram(["stack", "up", "--port", "0", "--directory", folder.path])
    let state = try #require(eventually(within: 30) { try? StackFolder(folder.path).running() })
    program.child.signal(SIGKILL)
    _ = try program.finish(within: 30)
    for process in state.processes.values {
      #expect(eventually { isRunning(process) ? nil : true } == true, "\(process)")
    }
    #expect(!StackFolder(folder.path).isInUse)
  }

  @Test("says that a port is in use, by number")
  func portInUse() throws {
    let server = try HTTPServer { _, exchange in exchange.answer(HTTPResponse(status: 200)) }
    let folder = try TemporaryFolder()
    let end = try TestProgram.run(["stack", "up", "--port", String(server.port), "--directory", folder.path])
    #expect(end.end == .exited(2), "\(end.said)")
    #expect(end.errors.contains("127.0.0.1:\(server.port)") && end.errors.contains("another program listens there"))
  }

  @Test("says that the sandbox is missing, and what to do")
  func noSandbox() throws {
    let folder = try TemporaryFolder()
    let end = try TestProgram.run(
      ["stack", "up", "--port", "0", "--directory", folder.path],
      environment: ["RCE_EXECUTOR_SANDBOX=bubblewrap", "RCE_BWRAP=/nonexistent/bwrap"])
    #expect(end.end == .exited(2), "\(end.said)")
    #expect(end.errors.contains("/nonexistent/bwrap") && end.errors.contains("bubblewrap"), "\(end.said)")
  }

  @Test("says what to do where no stack runs", arguments: ["status", "logs"])
  func notRunning(command: String) throws {
    let folder = try TemporaryFolder()
    let end = try TestProgram.run(["stack", command, "--directory", folder.path])
    #expect(end.end == .exited(6))
    #expect(end.errors.contains("no stack runs in \(folder.path)") && end.errors.contains("stack up"))
  }
}
