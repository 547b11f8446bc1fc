import CodeExecution
import Glibc
import HostSystem
import Jobs
import Sandbox
import Testing

@Suite("What was kept ready leaves nothing", .timeLimit(.minutes(15)))
struct WarmEndTests {
  /// The number of a process that is gone.
  private static func deadProcess() throws -> Int32 {
    let child = try ChildProcess(ProcessRequest("/bin/true"))
    _ = try child.wait()
    return child.id
  }

  @Test("directories of dead processes are removed at the start, and one's own at the end")
  func directories() throws {
    let place = try PreparedFixture()
    mkdir(place.directory, 0o711)
    let dead = "\(place.directory)/rce-warm-\(try Self.deadProcess())-1"
    for path in [dead, dead + "/rce-abcdef", dead + "/rce-abcdef/product", dead + "/rce-abcdef/product/p"] {
      mkdir(path, 0o755)
    }
    let sandbox = try ExecutorFixture.sandbox.get()
    var settings = try PreparedFixture.shared.get().settings(Technique.usual)
    settings.pools = [.java: 1]
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser),
      temporaryDirectory: place.directory, speed: settings)
    executor.keepWarm()
    #expect(DirectoryNames.list(place.directory).sorted().map { $0.hasPrefix("rce-warm-\(getpid())-") } == [true])
    let deadline = MonotonicInstant.now + 60_000_000_000
    while executor.ready != [.java: 1] && MonotonicInstant.now < deadline { usleep(2_000) }
    #expect(executor.ready == [.java: 1])
    executor.stopKeepingWarm()
    #expect(executor.ready == [:])
    while DirectoryNames.list(place.directory).sorted() != [] && MonotonicInstant.now < deadline { usleep(2_000) }
    #expect(DirectoryNames.list(place.directory).sorted() == [])
  }
}
