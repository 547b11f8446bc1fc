import CodeExecution
import Glibc
import HostSystem
import Jobs
import Sandbox
import Testing

@Suite("What was kept ready leaves nothing", .timeLimit(.minutes(3)))
struct WarmEndTests {
  private static func names(_ directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
  }

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
    let dead = "\(place.directory)/rce-warm-\(try Self.deadProcess())"
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
    #expect(Self.names(place.directory) == ["rce-warm-\(getpid())"])
    let deadline = MonotonicInstant.now + 60_000_000_000
    while executor.ready != [.java: 1] && MonotonicInstant.now < deadline { usleep(2_000) }
    #expect(executor.ready == [.java: 1])
    executor.stopKeepingWarm()
    #expect(executor.ready == [:])
    while Self.names(place.directory) != [] && MonotonicInstant.now < deadline { usleep(2_000) }
    #expect(Self.names(place.directory) == [])
  }
}
