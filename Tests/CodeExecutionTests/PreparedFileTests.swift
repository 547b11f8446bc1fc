import CodeExecution
import Glibc
import HostSystem
import Jobs
import Sandbox
import Testing

@Suite("Prepared files are made once, and trusted only where nobody else could have written them")
struct PreparedFileTests {
  /// A cheap file with the rules of the expensive ones.
  private static func file(_ name: String = "pch-1", script: String = "echo made > /program/product") -> PreparedFile {
    PreparedFile(
      .pch, name: name, product: "product",
      request: SandboxRequest(
        ["/bin/sh", "-c", script],
        limits: SandboxLimits(
          wall: .seconds(20), cpu: .seconds(5), memoryBytes: 64 << 20, outputBytes: 4_096, processes: 8,
          fileBytes: 1 << 20)))
  }

  private let fixture: PreparedFixture
  private let store: PreparedFileStore
  private let sandbox: Sandbox

  init() throws {
    fixture = try PreparedFixture()
    sandbox = try ExecutorFixture.sandbox.get()
    store = PreparedFileStore(directory: fixture.directory, hostUser: sandbox.hostUser)
  }

  private func information(_ path: String) -> stat {
    var information = stat()
    lstat(path, &information)
    return information
  }

  @Test("a file is made once, belongs to the executor, and nobody can write it")
  func made() throws {
    #expect(store.find("pch-1") == nil)
    let path = try store.make(Self.file(), in: sandbox)
    #expect(path == fixture.directory + "/pch-1-5")
    #expect(store.find("pch-1") == path)
    #expect(try store.make(Self.file(script: "exit 1"), in: sandbox) == path)
    #expect(fixture.names == ["lock", "pch-1-5"])
    #expect(information(path).st_uid == geteuid())
    #expect(information(path).st_mode & 0o7777 == 0o444)
    #expect(information(fixture.directory).st_mode & 0o066 == 0)
  }

  @Test(
    "a command that fails, writes nothing or writes a link leaves nothing",
    arguments: [
      "exit 3", "true", "ln -s /etc/passwd /program/product", "mkfifo /program/product", "mkdir /program/product",
      "touch /program/product", "kill -9 $$", "head -c 2000000 /dev/zero > /program/product",
    ])
  func failed(_ script: String) {
    #expect(throws: (any Error).self) { try store.make(Self.file(script: script), in: sandbox) }
    #expect(fixture.names == ["lock"])
  }

  @Test("a file that is too short, writable, a link or another user's is not taken, and made anew", arguments: 0..<5)
  func mistrusted(_ trick: Int) throws {
    let path = try store.make(Self.file(), in: sandbox)
    switch trick {
    case 0: truncate(path, 3)
    case 1: chmod(path, 0o666)
    case 2:
      unlink(path)
      symlink("/etc/hostname", path)
    case 3:
      try #require(geteuid() == 0 || chmod(path, 0o666) == 0)
      if geteuid() == 0 { try #require(chown(path, 65_534, 65_534) == 0) }
    default:
      unlink(path)
      mkdir(path, 0o755)
    }
    #expect(store.find("pch-1") == nil)
    rmdir(path)
    #expect(try store.make(Self.file(), in: sandbox) == path)
    #expect(fixture.names == ["lock", "pch-1-5"])
  }

  @Test("a directory that others may write, or that is a link, is not used at all")
  func mistrustedDirectory() throws {
    let path = try store.make(Self.file(), in: sandbox)
    chmod(fixture.directory, 0o777)
    #expect(store.find("pch-1") == nil)
    #expect(throws: PreparationError.self) { try store.make(Self.file("pch-2"), in: sandbox) }
    chmod(fixture.directory, 0o711)
    #expect(store.find("pch-1") == path)
    let link = fixture.directory + "/link"
    symlink(fixture.directory, link)
    let through = PreparedFileStore(directory: link, hostUser: sandbox.hostUser)
    #expect(through.find("pch-1") == nil)
    #expect(throws: PreparationError.self) { try through.make(Self.file("pch-2"), in: sandbox) }
  }

  @Test("executors that race make a file once", .timeLimit(.minutes(15)))
  func race() throws {
    // A second command that ran would make a file of another length.
    let script =
      "sleep 0.1; head -c $(od -An -N1 -tu1 /dev/urandom) /dev/zero > /program/product; echo >> /program/product"
    let found = Lock<[String]>([])
    let threads = try (0..<6).map { _ in
      try NativeThread(named: "race") { [store, sandbox] in
        let path = try? store.make(Self.file(script: script), in: sandbox)
        found.withLock { $0.append(path ?? "none") }
      }
    }
    for thread in threads { thread.join() }
    #expect(Set(found.withLock { $0 }).count == 1)
    #expect(fixture.names.count == 2)
  }

  @Test("what a killed executor left is removed by the next one that makes a file")
  func remains() throws {
    mkdir(fixture.directory, 0o711)
    mkdir(fixture.directory + "/rce-abcdef", 0o711)
    mkdir(fixture.directory + "/rce-abcdef/product", 0o700)
    close(creat(fixture.directory + "/rce-abcdef/product/half", 0o600))
    _ = try store.make(Self.file(), in: sandbox)
    #expect(fixture.names == ["lock", "pch-1-5"])
  }
}
