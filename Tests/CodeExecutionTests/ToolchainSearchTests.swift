import CodeExecution
import Glibc
import HostSystem
import Jobs
import Sandbox
import Testing

@Suite("Toolchains are found as real binaries")
struct ToolchainSearchTests {
  /// A directory tree with links, scripts and copies of a real binary, removed at the end.
  private final class Tree {
    let root: String

    init() throws {
      var template = Array("/tmp/rce-tree-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp") }
      root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      chmod(root, 0o755)
    }

    deinit {
      DirectoryRemoval.empty(root)
      rmdir(root)
    }

    func directory(_ path: String, mode: UInt32 = 0o755) {
      mkdir("\(root)/\(path)", mode)
    }

    func file(_ path: String, _ bytes: [UInt8]) throws {
      let file = try FileDescriptor.open("\(root)/\(path)", O_WRONLY | O_CREAT, mode: 0o755)
      try bytes.withUnsafeBytes { try file.writeAll($0) }
    }
  }

  private static let binary: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]

  @Test("links are followed to the binary, scripts are passed over")
  func links() throws {
    let tree = try Tree()
    for path in ["scripts", "real", "real/bin"] { tree.directory(path) }
    try tree.file("scripts/tool", Array("#!/bin/sh\n".utf8))
    try tree.file("real/bin/tool-1.2", Self.binary)
    symlink("tool-1.2", tree.root + "/real/bin/tool")
    let search = ToolchainSearch(directories: [tree.root + "/scripts", tree.root + "/real/bin"], user: 5)
    let path = try search.program(["tool"], package: "tool")
    #expect(path == tree.root + "/real/bin/tool-1.2")
    #expect(search.tree(of: path).map(\.source) == [tree.root + "/real"])
  }

  @Test("the shim of a version manager stands for the version that its file names")
  func shims() throws {
    let tree = try Tree()
    for path in ["pyenv", "pyenv/shims", "pyenv/versions", "pyenv/versions/3.12.1", "pyenv/versions/3.12.1/bin"] {
      tree.directory(path)
    }
    try tree.file("pyenv/shims/python3", Array("#!/bin/sh\nexec pyenv exec\n".utf8))
    try tree.file("pyenv/version", Array("3.12.1\n".utf8))
    try tree.file("pyenv/versions/3.12.1/bin/python3", Self.binary)
    let search = ToolchainSearch(directories: [tree.root + "/pyenv/shims"], user: nil)
    let path = try search.program(["python3"], package: "python3")
    #expect(path == tree.root + "/pyenv/versions/3.12.1/bin/python3")
  }

  @Test("what is not there is named with the package that has it")
  func missing() {
    let search = ToolchainSearch(directories: ["/nowhere"], user: nil)
    let error = #expect(throws: ToolchainError.self) { try search.program(["javac"], package: "jdk") }
    #expect(error?.description == "javac is not installed: apt-get install jdk")
  }

  @Test("what the sandbox's user cannot reach is said to be so")
  func unreadable() throws {
    let tree = try Tree()
    tree.directory("private", mode: 0o700)
    tree.directory("private/bin")
    try tree.file("private/bin/tool", Self.binary)
    let directories = [tree.root + "/private/bin"]
    let error = #expect(throws: ToolchainError.self) {
      try ToolchainSearch(directories: directories, user: 5).program(["tool"], package: "tool")
    }
    #expect(error?.description.contains("cannot be read by the sandbox's user 5") == true)
    let own = try ToolchainSearch(directories: directories, user: nil).program(["tool"], package: "tool")
    #expect(own.hasSuffix("/private/bin/tool"))
  }

  @Test("a missing toolchain fails its own language only")
  func oneLanguage() throws {
    let sandbox = try ExecutorFixture.sandbox.get()
    let found = Toolchains.ofHost(searchPath: "", readableBy: sandbox.hostUser)
    let missing = ToolchainError(description: "node is not installed: apt-get install nodejs")
    let toolchains = Toolchains([.python: found[.python], .javascript: .failure(missing)])
    let executor = CodeExecutor(sandbox: sandbox, toolchains: toolchains)
    let failed = executor.execute(ExecutionRequest(jobId: JobID(), code: "1", language: .javascript))
    #expect(failed.error == "Internal error: node is not installed: apt-get install nodejs")
    #expect(failed.details.errorType == .internalError)
    let passed = executor.execute(ExecutionRequest(jobId: JobID(), code: "print(1)", language: .python))
    #expect(passed.result == "1")
  }
}
