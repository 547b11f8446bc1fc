import CodeExecution
import Glibc
import HostSystem
import Jobs
import Sandbox

/// A directory for prepared files that is removed with everything in it.
final class PreparedFixture: Sendable {
  let directory: String

  /// A directory that does not exist yet, in a private one.
  init() throws {
    var template = Array("/tmp/prepared-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp") }
    let parent = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // The sandbox's user must be able to pass through.
    chmod(parent, 0o711)
    directory = parent + "/files"
  }

  deinit {
    remove()
  }

  private func remove() {
    for path in [directory, String(directory.dropLast("/files".count))] {
      DirectoryRemoval.empty(path)
      rmdir(path)
    }
  }

  func settings(_ techniques: Set<Technique>, inBackground: Bool = false) -> CompilerSpeedSettings {
    CompilerSpeedSettings(techniques: techniques, directory: directory, makesInBackground: inBackground)
  }

  func executor(_ techniques: Set<Technique>, inBackground: Bool = false) throws -> CodeExecutor {
    let sandbox = try ExecutorFixture.sandbox.get()
    return CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser),
      speed: settings(techniques, inBackground: inBackground))
  }

  /// Names of everything in the directory.
  var names: [String] { DirectoryNames.list(directory).sorted() }

  /// What takes seconds to make, once for all tests, removed when they have ended.
  static let shared: Result<PreparedFixture, any Error> = Result {
    let fixture = try PreparedFixture()
    atexit { (try? PreparedFixture.shared.get())?.remove() }
    _ = try fixture.executor(Set(Technique.allCases)).prepare()
    return fixture
  }
}
