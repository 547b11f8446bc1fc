import Glibc
import HostSystem
import Sandbox
import Testing

@Suite("What a hostile program left is removed")
struct DirectoryRemovalTests {
  @Test("deep trees, links out, names that are no text, directories without permissions")
  func hostileTree() throws {
    var template = Array("/tmp/rce-removal-XXXXXX".utf8CString)
    #expect(mkdtemp(&template) != nil)
    let root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let outside = root + "-outside"
    mkdir(outside, 0o755)
    _ = try FileDescriptor.open(outside + "/kept", O_WRONLY | O_CREAT)
    defer {
      unlink(outside + "/kept")
      rmdir(outside)
    }
    symlink(outside, root + "/link")
    mkfifo(root + "/fifo", 0o600)
    var name = Array((root + "/").utf8CString.dropLast()) + [CChar(bitPattern: 0xff), 10, 0]
    #expect(mkdir(&name, 0o000) == 0)
    var directory = FileDescriptor(owning: open(root, O_RDONLY | O_DIRECTORY))
    for _ in 0..<4_000 {
      mkdirat(directory.number, "deep", 0o755)
      directory = FileDescriptor(owning: openat(directory.number, "deep", O_RDONLY | O_DIRECTORY))
    }
    DirectoryRemoval.empty(root)
    #expect(rmdir(root) == 0)
    #expect(access(outside + "/kept", F_OK) == 0)
  }
}
