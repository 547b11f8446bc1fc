import Glibc
import HostSystem
import JobBackends
import Jobs
import TestServices
import Testing

@Suite("the code store in files")
struct FileCodeStoreTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory(named: "rce-code")
  }

  private func store(lifetimeSeconds: Int = 86_400) throws -> FileCodeStore {
    try FileCodeStore(directory: "\(directory.path)/deep/code/", lifetimeSeconds: lifetimeSeconds)
  }

  @Test("gives back what it was given", arguments: ["", "ü\0\r\n", String(repeating: "int x;\n", count: 750_000)])
  func whole(_ code: String) throws {
    let store = try store()
    let job = JobID()
    try store.put(code, for: job)
    #expect(try store.code(of: job) == code)
    try store.put("second", for: job)
    #expect(try store.code(of: job) == "second")
    try store.remove(job)
    #expect(try store.code(of: job) == nil)
    try store.remove(job)
  }

  @Test("files and directory are for this user alone")
  func modes() throws {
    let store = try store()
    let job = JobID()
    try store.put("code", for: job)
    var information = stat()
    #expect(stat(store.directory, &information) == 0)
    #expect(information.st_mode & 0o7777 == 0o700)
    #expect(stat("\(store.directory)/\(job)", &information) == 0)
    #expect(information.st_mode & 0o7777 == 0o600)
  }

  @Test("what one process has stored another one reads, and no half of it")
  func shared() throws {
    let first = try store()
    let second = try store()
    let job = JobID()
    let codes = ["a", "b"].map { String(repeating: $0, count: 100_000) }
    try first.put(codes[0], for: job)
    let writer = try NativeThread(named: "writer") {
      for turn in 0..<200 { try? first.put(codes[turn % 2], for: job) }
    }
    for _ in 0..<200 { #expect(codes.contains(try second.code(of: job) ?? "")) }
    writer.join()
  }

  @Test("forgets what is older than the lifetime, leftovers of a writer that died included")
  func sweeps() throws {
    let store = try store(lifetimeSeconds: 60)
    let (old, new) = (JobID(), JobID())
    try store.put("old", for: old)
    try store.put("new", for: new)
    let leftover = "\(store.directory)/.\(old).1"
    fclose(fopen(leftover, "w"))
    for path in ["\(store.directory)/\(old)", leftover] {
      let times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000_000, tv_nsec: 0)]
      #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
    }
    let reopened = try self.store(lifetimeSeconds: 60)
    #expect(try reopened.code(of: old) == nil)
    #expect(try reopened.code(of: new) == "new")
    #expect(access(leftover, F_OK) != 0)
  }

  @Test("refuses a directory that others may enter, and says what to do")
  func openDirectory() throws {
    let path = "\(directory.path)/open"
    #expect(mkdir(path, 0o755) == 0)
    do throws(BackendError) {
      _ = try FileCodeStore(directory: path)
      Issue.record("the store was opened")
    } catch {
      #expect(error.kind == .invalid)
      #expect(error.description.contains("chmod 700"))
    }
  }

  @Test("a place that cannot be used is said with its path and the reason")
  func nowhere() throws {
    do throws(BackendError) {
      _ = try FileCodeStore(directory: "/proc/version/code")
      Issue.record("the store was opened")
    } catch {
      #expect(error.kind == .unavailable)
      #expect(error.description.contains("/proc/version"))
    }
    let store = try store()
    #expect(rmdir(store.directory) == 0)
    #expect(try kind { () throws(BackendError) in try store.put("code", for: JobID()) } == .unavailable)
  }
}
