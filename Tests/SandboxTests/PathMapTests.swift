import Sandbox
import Testing

@Suite("Paths of a sandbox become the host's where programs see the host's own files")
struct PathMapTests {
  private static let limits = SandboxLimits(
    wall: .seconds(1), cpu: .seconds(1), memoryBytes: 1, outputBytes: 1, processes: 1, fileBytes: 1)
  private static let map = PathMap(
    work: "/w", mounts: [SandboxMount("/host/product", at: "/program"), SandboxMount("/opt/jdk")])

  private static func mapped(_ word: String) -> String {
    map.applied(to: SandboxRequest(["/bin/true", word], limits: limits), work: "/w").command[1]
  }

  @Test(
    "a path is replaced alone, before more of it, in an option, in a quotation and in a list",
    arguments: [
      ("/box", "/w/box"), ("/box/main.py", "/w/box/main.py"), ("/program/main", "/host/product/main"),
      ("-I/box/include", "-I/w/box/include"), ("--out=/tmp/x", "--out=/w/tmp/x"),
      ("open('/box/main.py', 'rb')", "open('/w/box/main.py', 'rb')"), ("/program:/box", "/host/product:/w/box"),
    ])
  func replaced(word: String, expected: String) {
    #expect(Self.mapped(word) == expected)
  }

  @Test(
    "what only looks like one is left as it is",
    arguments: [
      "/boxes", "/box.txt", "/programs/x", "a/box", "/usr/tmp", "x/program/main", "/opt/jdk/bin/java", "ü/box", "",
    ])
  func kept(word: String) {
    #expect(Self.mapped(word) == word)
  }

  @Test("files, the working directory and variables are mapped, and the program is given its own TMPDIR")
  func request() {
    let request = SandboxRequest(
      ["/program/main"], files: [SandboxFile("/box/a", [1])],
      mounts: [SandboxMount("/host/product", at: "/program", isWritable: true)], directory: "/box",
      environment: [EnvironmentVariable("HOME", "/box"), EnvironmentVariable("PATH", "/usr/bin:/bin")],
      limits: Self.limits)
    let mapped = Self.map.applied(to: request, work: "/w")
    #expect(mapped.command == ["/host/product/main"])
    #expect(mapped.files == [SandboxFile("/w/box/a", [1])])
    #expect(mapped.directory == "/w/box")
    #expect(
      mapped.environment == [
        EnvironmentVariable("HOME", "/w/box"), EnvironmentVariable("PATH", "/usr/bin:/bin"),
        EnvironmentVariable("TMPDIR", "/w/tmp"),
      ])
    #expect(
      mapped.mounts == [
        SandboxMount("/w/box", isWritable: true), SandboxMount("/w/tmp", isWritable: true),
        SandboxMount("/host/product", isWritable: true),
      ])
  }

  @Test("messages read as in any sandbox, and bytes that are no text stay")
  func restored() {
    let message = Array("File \"/w/box/main.py\", /w/boxes, /host/product/Main.class".utf8) + [0xff, 0x2f]
    let expected = Array("File \"/box/main.py\", /w/boxes, /program/Main.class".utf8) + [0xff, 0x2f]
    #expect(Self.map.restored(message) == expected)
  }

  @Test("what this kernel does not offer is named, and what it offers is not")
  func weaknesses() {
    func facts(seccomp: Bool, landlock: Int) -> [String] {
      KernelFacts(
        namespaces: [], seccomp: seccomp, landlock: landlock, ptrace: true, nonDumpable: true, subreaper: true,
        childLists: true
      ).weaknesses.map { String($0.prefix { $0 != ":" }) }
    }
    let disk = "a limit on all files of a program together"
    #expect(facts(seccomp: true, landlock: 7) == [disk])
    #expect(facts(seccomp: true, landlock: 3) == ["processes of its own", disk])
    #expect(
      facts(seccomp: false, landlock: 0) == ["files of its own", "a network of its own", "processes of its own", disk])
  }
}
