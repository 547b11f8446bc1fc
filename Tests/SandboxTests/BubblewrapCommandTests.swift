import Sandbox
import Testing

@Suite("The arguments of bubblewrap")
struct BubblewrapCommandTests {
  private static func command(
    _ request: SandboxRequest, _ features: BubblewrapCommand.Features = .init()
  ) throws -> BubblewrapCommand {
    let filter = try SystemCallFilter()
    return BubblewrapCommand(
      request, layout: SystemLayout(mounts: ["/usr"], links: [.init(path: "/lib", target: "usr/lib")]),
      initProgram: [1, 2], filter: filter, limits: [ResourceLimit(4, soft: 0, hard: 0)], features: features)
  }

  private static let request = SandboxRequest(
    ["/usr/bin/cat", "-n"], files: [SandboxFile("/box/a", [7])], mounts: [SandboxMount("/opt/x"), out],
    environment: [EnvironmentVariable("LANG", "C")], limits: SandboxFixture.limits)
  private static let out = SandboxMount("/tmp/o", at: "/out", isWritable: true)

  @Test("unshare everything, drop every capability and forbid further namespaces")
  func isolation() throws {
    let arguments = try Self.command(Self.request).arguments
    for word in ["--unshare-all", "--disable-userns", "--new-session", "--die-with-parent", "--clearenv"] {
      #expect(arguments.contains(word))
    }
    #expect(arguments.contains(["--cap-drop", "ALL"]))
    #expect(!arguments.contains("--share-net"))
  }

  @Test("show the system and the mounts read only, but for what is said to be writable")
  func mounts() throws {
    let arguments = try Self.command(Self.request).arguments
    #expect(arguments.contains(["--ro-bind", "/usr", "/usr"]))
    #expect(arguments.contains(["--symlink", "usr/lib", "/lib"]))
    #expect(arguments.contains(["--ro-bind", "/opt/x", "/opt/x"]))
    #expect(arguments.contains(["--bind", "/tmp/o", "/out"]))
    #expect(arguments.contains(["--size", "16777216", "--tmpfs", "/box"]))
  }

  @Test("end in rce-init with its limits and the command")
  func end() throws {
    let arguments = try Self.command(Self.request).arguments
    #expect(arguments.suffix(6) == ["--", "/rce-init", "4=0:0", "--", "/usr/bin/cat", "-n"])
    #expect(arguments.contains(["--setenv", "LANG", "C"]))
  }

  @Test("name a descriptor for each content, in the order of the contents")
  func contents() throws {
    let command = try Self.command(Self.request)
    for (index, content) in command.contents.enumerated() {
      let words = content.path.map { ["--file", "\(5 + index)", $0] } ?? ["--seccomp", "\(5 + index)"]
      #expect(command.arguments.contains(words))
    }
    #expect(command.contents[1].bytes == [1, 2])
    #expect(command.contents.last?.path == "/box/a")
  }

  @Test("make the root read only after everything is in place")
  func readOnlyRoot() throws {
    let arguments = try Self.command(Self.request).arguments
    let root = try #require(arguments.firstRange(of: ["--remount-ro", "/"]))
    let file = try #require(arguments.lastIndex(of: "--file"))
    #expect(file < root.lowerBound)
  }

  @Test("leave out what an older bubblewrap does not know")
  func older() throws {
    let features = BubblewrapCommand.Features(
      disablesUserNamespaces: false, sizesFileSystems: false, filtersSystemCalls: false)
    let arguments = try Self.command(Self.request, features).arguments
    #expect(!arguments.contains("--disable-userns"))
    #expect(!arguments.contains("--size"))
    #expect(!arguments.contains("--seccomp"))
  }

  @Test(
    "a refusal says which setting forbids it and how to change it",
    arguments: [
      ("/proc/sys/kernel/unprivileged_userns_clone", "0\n", "sysctl -w kernel.unprivileged_userns_clone=1"),
      ("/proc/sys/user/max_user_namespaces", "0\n", "sysctl -w user.max_user_namespaces"),
      ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n", "AppArmor"),
      ("/nothing", "", "user namespaces allowed"),
    ])
  func advice(path: String, value: String, remedy: String) {
    let error = SandboxAdvice.explain("bwrap: No permissions") { $0 == path ? value : nil }
    #expect(error.kind == .forbidden)
    #expect(error.description.contains("bwrap: No permissions"))
    #expect(error.description.contains(remedy))
  }
}
