import Glibc
import HostSystem
import Jobs
import TestServices
import Testing

@Suite("Programs without namespaces: what holds them", .enabled(if: geteuid() == 0, "another user cannot be taken on"))
struct PlainTierTests {
  private static func request(
    _ code: String, _ language: Language = .python, wall: Int = 10_000, cpu: Int = 10_000, memory: Int = 256,
    processes: Int = 64
  ) -> ExecutionRequest {
    ExecutionRequest(
      jobId: JobID(), code: code, language: language,
      limits: ResourceLimits(
        wallTimeMs: wall, cpuTimeMs: cpu, memoryMB: memory, outputBytes: 65_536, processes: processes,
        fileBytes: 1 << 20))
  }

  @Test(
    "every language runs, with its input and its messages as in any sandbox", arguments: PlainExecutor.Kernel.allCases)
  func languages(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    let programs: [(Language, String)] = [
      (.python, "print('hello')"), (.javascript, "console.log('hello')"),
      (.cpp, "#include <iostream>\nint main() { std::cout << \"hello\\n\"; }"),
      (.java, "class Main { public static void main(String[] a) { System.out.println(\"hello\"); } }"),
    ]
    for (language, code) in programs {
      let result = try executor.run(Self.request(code, language))
      #expect(result.result == "hello", "\(language): \(result)")
      #expect(result.error == nil)
      #expect(result.environmentProblem == nil)
      #expect(result.details.sandbox?.backend == "rlimits")
      #expect(result.details.sandbox?.namespaces == [])
      #expect(result.details.sandbox?.seccomp == (kernel == .withoutNamespaces))
    }
    let failed = try executor.run(Self.request("1 / 0"))
    #expect(String(decoding: failed.details.stderr.bytes, as: UTF8.self).contains(#"File "/box/main.py", line 1"#))
    let broken = try executor.run(Self.request("console.log('", .javascript))
    #expect(broken.error?.hasPrefix("Syntax error") == true && broken.error?.contains("line 1") == true)
    #expect(DirectoryNames.list(executor.temporary) == [])
  }

  @Test("exit codes and signals arrive exactly", arguments: PlainExecutor.Kernel.allCases)
  func ends(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    for code in [1, 3, 4, 127, 255] {
      let result = try executor.run(Self.request("raise SystemExit(\(code))"))
      #expect(result.details.exitCode == code)
      #expect(result.environmentProblem == nil)
    }
    for signal in [SIGABRT, SIGSEGV, SIGTERM, SIGKILL] {
      let result = try executor.run(Self.request("import os; os.kill(os.getpid(), \(signal))"))
      #expect(result.details.signal == Int(signal))
      #expect(result.environmentProblem == nil)
    }
  }

  @Test("each limit ends the program, and nothing is left of it", arguments: PlainExecutor.Kernel.allCases)
  func limits(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    let spin = "import os\nos.fork()\nwhile True: pass"
    let cpu = try executor.run(Self.request(spin, cpu: 600))
    #expect(cpu.details.errorType == .timeout && cpu.details.cpuTimeMs >= 600)
    let ignoring = "import signal, time\nfor s in (1, 2, 15, 24): signal.signal(s, signal.SIG_IGN)\ntime.sleep(60)"
    let wall = try executor.run(Self.request(ignoring, wall: 300))
    #expect(wall.details.errorType == .timeout && wall.details.wallTimeMs >= 300)
    let memory = try executor.run(Self.request("x = []\nwhile True: x.append(bytearray(1 << 20))", memory: 64))
    #expect(memory.details.errorType == .memoryLimit)
    let output = try executor.run(Self.request("while True: print('x' * 1000)"))
    #expect(output.details.errorType == .outputLimit && output.details.truncated)
    let file = try executor.run(Self.request("f = open('f', 'wb')\nwhile True: f.write(bytes(1 << 16))"))
    #expect(file.details.errorType != nil)
    let bomb = "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass"
    let processes = try executor.run(Self.request(bomb, wall: 5_000, processes: 32))
    #expect(processes.details.errorType != nil)
    for result in [cpu, wall, memory, output, file, processes] { #expect(result.environmentProblem == nil) }
    #expect(executor.processes == [])
    #expect(DirectoryNames.list(executor.temporary) == [])
  }

  @Test("a daemon does not outlive its program, and the environment is told", arguments: PlainExecutor.Kernel.allCases)
  func daemon(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    let code = """
      import os, time
      if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
          for number in range(3): os.close(number)
          time.sleep(60)
        os._exit(0)
      os.wait()
      """
    let result = try executor.run(Self.request(code))
    #expect(result.details.exitCode == 0)
    #expect(result.environmentProblem == "a program left processes, which had to be killed")
    #expect(executor.processes == [])
  }

  @Test("a file beside its own directories is removed, or cannot be made", arguments: PlainExecutor.Kernel.allCases)
  func marker(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    let code = """
      import os
      own = os.path.dirname(os.environ['TMPDIR'])
      os.mkdir('deep'); os.chmod('deep', 0)
      try:
        os.mkdir(own + '/../marker'); open(own + '/../marker/file', 'w').close(); print('made')
      except OSError: print('refused')
      os.chmod(own, 0)
      """
    let result = try executor.run(Self.request(code))
    #expect(result.result == (kernel == .lambda ? "made" : "refused"), "\(result)")
    #expect((result.environmentProblem != nil) == (kernel == .lambda))
    #expect(result.environmentProblem?.hasSuffix("/marker") ?? true)
    #expect(DirectoryNames.list(executor.temporary) == [])
  }

  @Test(
    "a file where others have theirs is told of and left alone, or cannot be made",
    arguments: PlainExecutor.Kernel.allCases)
  func elsewhere(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    let path = "/var/tmp/rce-plain-\(executor.user)"
    defer { unlink(path) }
    let result = try executor.run(Self.request("open('\(path)', 'w').close()"))
    #expect((result.error == nil) == (kernel == .lambda), "\(result)")
    #expect((access(path, F_OK) == 0) == (kernel == .lambda))
    let problem = "a program left \(path), where it must be removed by hand"
    #expect(result.environmentProblem == (kernel == .lambda ? problem : nil))
  }

  @Test("System V's memory, semaphores and messages go with their program", arguments: PlainExecutor.Kernel.allCases)
  func sharedObjects(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    let code = """
      import ctypes
      libc = ctypes.CDLL(None)
      print(libc.shmget(77, 4096, 0o1666) >= 0, libc.semget(77, 1, 0o1666) >= 0, libc.msgget(77, 0o1666) >= 0)
      """
    let first = try executor.run(Self.request(code))
    #expect(first.result == (kernel == .lambda ? "True True True" : "False False False"))
    #expect((first.environmentProblem != nil) == (kernel == .lambda))
    let next = try executor.run(Self.request(code.replacing("0o1666", with: "0").replacing("4096", with: "0")))
    #expect(next.result == "False False False")
  }

  @Test("the executor's environment, memory and descriptors are hidden", arguments: PlainExecutor.Kernel.allCases)
  func hidden(kernel: PlainExecutor.Kernel) throws {
    let executor = try PlainExecutor(kernel)
    let code = """
      import os
      def parent(process): return open(f'/proc/{process}/stat').read().rsplit(')', 1)[1].split()[1]
      process = str(os.getppid())
      for level in range(2):
        for name in ('environ', 'mem', 'maps', 'fd/0'):
          try: open(f'/proc/{process}/{name}', 'rb').read(1); print('read', level, name)
          except PermissionError: pass
        process = parent(process)
      print(sorted(os.environ), sorted(map(int, os.listdir('/proc/self/fd')))[:3])
      """
    let result = try executor.run(Self.request(code))
    #expect(result.result == "['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR'] [0, 1, 2]", "\(result)")
  }

  @Test("where the kernel can, the network and the signals to everyone are refused")
  func fences() throws {
    let executor = try PlainExecutor(.withoutNamespaces)
    let code = """
      import os, socket
      for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        try: socket.socket(family); print('open')
        except OSError: pass
      for process in (-1, os.getppid()):
        try: os.kill(process, 9); print('killed')
        except PermissionError: pass
      try: print(open('\(executor.folder)/rce-jail', 'rb').read(4))
      except PermissionError: pass
      """
    let result = try executor.run(Self.request(code))
    #expect(result.error == nil)
    #expect(result.result == "", "\(result)")
  }
}
