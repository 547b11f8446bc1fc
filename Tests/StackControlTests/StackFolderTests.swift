import Glibc
import HostSystem
import StackControl
import Testing

@Suite("A stack's folder")
struct StackFolderTests {
  @Test("is for one stack at a time, and free again when its owner lets go")
  func lock() throws {
    let folder = try StackFolder.temporary()
    try folder.create()
    defer { try? folder.purge() }
    do {
      let held = try folder.lock()
      #expect(folder.isInUse)
      #expect(throws: StackError.self) { _ = try StackFolder(folder.path).lock() }
      #expect(throws: StackError.self) { try folder.purge() }
      withExtendedLifetime(held.number) {}
    }
    #expect(!folder.isInUse)
  }

  @Test("does not report the remains of a dead stack as a running one")
  func stale() throws {
    let folder = try StackFolder.temporary()
    try folder.create()
    defer { try? folder.purge() }
    let state = StackState(
      supervisor: 1, url: "http://127.0.0.1:1", redisSocket: "x", startedAt: 0, processes: [:], logs: [:])
    try folder.write(state)
    let error = #expect(throws: StackError.self) { try folder.running() }
    #expect(error?.kind == .notRunning)
    let held = try folder.lock()
    #expect(try folder.running() == state)
    withExtendedLifetime(held.number) {}
  }

  @Test("refuses a path that leaves no room for a socket's name")
  func longPath() {
    let error = #expect(throws: StackError.self) {
      try StackFolder("/tmp/\(String(repeating: "x", count: 100))").create()
    }
    #expect(error?.message.contains("too long for a socket") == true)
  }

  @Test("is readable by its owner only")
  func mode() throws {
    let folder = try StackFolder.temporary()
    try folder.create()
    defer { try? folder.purge() }
    var information = stat()
    #expect(stat("\(folder.path)/redis", &information) == 0)
    #expect(information.st_mode & 0o777 == 0o700)
  }
}
