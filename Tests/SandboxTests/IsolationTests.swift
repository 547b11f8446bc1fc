import Glibc
import HostSystem
import Sandbox
import Testing

@Suite("A program sees and reaches nothing of the host", .onEachBackend)
struct IsolationTests {
  @Test("the network is empty: not even the host's own loopback answers")
  func network() throws {
    let listener = try LoopbackListener()
    let script = """
      import socket
      for address in [('127.0.0.1', \(listener.port)), ('169.254.169.254', 80), ('1.1.1.1', 53)]:
        try: socket.create_connection(address, 2); print('connected', address)
        except OSError as error: print('refused')
      print([line.split()[0] for line in open('/proc/net/dev')][2:])
      """
    let outcome = try SandboxFixture.python(script)
    #expect(outcome.text == "refused\nrefused\nrefused\n['lo:']\n")
    #expect(try listener.acceptsOwnConnection())
  }

  @Test("the environment is what was said, and the supervisor's is nowhere")
  func environment() throws {
    setenv("RCE_CANARY", "secret-of-the-supervisor", 1)
    let outcome = try SandboxFixture.shell(
      "env | sort; cat /proc/1/environ /proc/self/environ /proc/*/environ 2>/dev/null | tr '\\0' '\\n'")
    #expect(!outcome.text.contains("secret"))
    #expect(outcome.text.hasPrefix("LANG=C.UTF-8\nPATH=/usr/bin:/bin\nPWD=/box\n"))
    #expect(outcome.end == .exited(0) || outcome.end == .exited(1))
  }

  @Test(
    "the system is read only",
    arguments: [
      "/usr/x", "/etc/x", "/x", "/dev/x", "/etc/passwd", "/rce-init", "/proc/sys/kernel/hostname", "/usr/bin/env",
    ])
  func readOnly(path: String) throws {
    let outcome = try SandboxFixture.shell("echo x > \(path)")
    #expect(outcome.end != .exited(0))
    #expect(outcome.errorText.contains("\(path)"))
  }

  @Test("what a program leaves is gone for the next", arguments: ["/tmp", "/box", "/dev/shm"])
  func privateDirectories(directory: String) throws {
    let first = try SandboxFixture.shell("echo mark > \(directory)/mark; ls \(directory)")
    #expect(first.text == "mark\n")
    let second = try SandboxFixture.shell("ls -A \(directory)")
    #expect(second.text.isEmpty)
    #expect(access(directory + "/mark", F_OK) != 0)
  }

  @Test("only its own processes are visible, and it is not the first of them")
  func processes() throws {
    let outcome = try SandboxFixture.shell("echo /proc/[0-9]*")
    // rce-jail shows not even the first one.
    #expect(outcome.text == (SandboxFixture.backend == .jail ? "/proc/2\n" : "/proc/1 /proc/2\n"))
  }

  @Test("it has exactly three descriptors")
  func descriptors() throws {
    let outcome = try SandboxFixture.python(
      "import os; print(sorted(map(int, os.listdir('/proc/self/fd')))[:3], max(map(int, os.listdir('/proc/self/fd'))) <= 3)"
    )
    #expect(outcome.text == "[0, 1, 2] True\n")
  }

  @Test("it has no privileges and cannot gain any")
  func privileges() throws {
    let outcome = try SandboxFixture.shell(
      "id -un; id -u; grep -E 'Cap|NoNewPrivs|Seccomp:' /proc/self/status; unshare --user true; mount -t tmpfs x /tmp; chroot / true"
    )
    #expect(outcome.text.hasPrefix("runner\n") && !outcome.text.hasPrefix("runner\n0\n"))
    #expect(outcome.text.contains("CapEff:\t0000000000000000\nCapBnd:\t0000000000000000"))
    #expect(outcome.text.contains("NoNewPrivs:\t1\nSeccomp:\t2"))
    #expect(outcome.errorText.contains("unshare failed: Operation not permitted"))
    #expect(outcome.end != .exited(0))
  }

  @Test("it can neither kill, stop nor read the first process, and kills only itself with kill(-1)")
  func firstProcess() throws {
    let outcome = try SandboxFixture.shell(
      "kill -9 1; kill -STOP 1; cat /proc/1/maps; echo still here; kill -9 -1; echo x")
    #expect(outcome.text.hasPrefix("still here\n"))
    #expect(outcome.errorText.contains("Permission denied") || outcome.errorText.contains("No such file"))
    #expect(try SandboxFixture.shell("echo next").text == "next\n")
  }

  @Test("of /etc there is only what programs need")
  func settings() throws {
    let outcome = try SandboxFixture.shell("ls /etc; cat /etc/shadow; getent hosts localhost; whoami")
    #expect(outcome.text == "alternatives\ngroup\nhosts\nld.so.cache\npasswd\n127.0.0.1       localhost\nrunner\n")
  }

  @Test("on the host its processes belong to a user that owns nothing", .enabled(if: geteuid() == 0))
  func hostUser() throws {
    let user = try #require(try SandboxFixture.standard.get().hostUser)
    #expect(user != 0)
    #expect(getpwuid(user) == nil || user == 65_534)
  }
}
