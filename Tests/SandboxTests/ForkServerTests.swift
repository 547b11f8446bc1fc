import Glibc
import HostSystem
import Sandbox
import Testing

@Suite("Python programs that are copies of a started interpreter", .timeLimit(.minutes(15)))
struct ForkServerTests {
  private static func request(_ code: String, _ arguments: [String] = [], stdin: String = "") -> SandboxRequest {
    SandboxRequest(
      ["/usr/bin/python3", "-I", "-B", "/box/main.py"] + arguments,
      files: [SandboxFile("/box/main.py", Array(code.utf8))], environment: SandboxFixture.environment,
      stdin: Array(stdin.utf8), limits: SandboxFixture.limits)
  }

  private static func server(_ sandbox: Sandbox) throws -> ForkServer {
    try #require(try sandbox.startForkServer(request("")))
  }

  /// What a program shows of itself and of how it was started.
  private static let selfPortraits = [
    "print('hello', input())",
    "import sys; print(sys.argv, sys.orig_argv, sys.path, sys.flags, sys.executable, sys.prefix)",
    "import os, sys; print(sorted(os.environ.items()), os.getcwd(), os.getpid(), os.getppid(), os.getsid(0))",
    "print(sorted(globals()), __name__, __file__, __spec__, type(__loader__).__name__)",
    "import sys; print(sorted(sys.modules))",
    "import traceback; traceback.print_stack()",
    "def f(): raise KeyError('no')\nf()",
    "print('before'); x = = 1",
    "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)",
    "exit('words')",
    "import os; os.abort()",
    "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "import atexit; atexit.register(print, 'at exit'); raise SystemExit(3)",
    "import subprocess; print(subprocess.run(['/bin/sh', '-c', 'exit 5']).returncode)",
    "import sys; print(sys.stdin.seekable(), sys.stdout.seekable(), sys.stdout.line_buffering, sys.stdin.encoding)",
    "import signal; print([signal.getsignal(n) for n in (2, 13, 15, 17, 25)])",
    "import resource; print([resource.getrlimit(n) for n in range(16)])",
    "import threading; t = threading.Thread(target=print, args=('thread',)); t.start(); t.join(); print(threading.main_thread().name)",
    "import os; print(sorted(map(int, os.listdir('/proc/self/fd')))[:3], len(os.listdir('/proc/self/fd')) <= 4)",
    "import multiprocessing\nif __name__ == '__main__':\n  with multiprocessing.Pool(2) as p: print(p.map(abs, [-1, -2]))",
    "import sys\ndef f(n): return f(n + 1)\ntry: f(0)\nexcept RecursionError as e: print(e)",
    "print(open('/proc/self/status').read().split('CapInh')[1].split('Speculation')[0])",
    "import sys; print(repr(sys.stdin.read()), sys.stdin.read())",
    "class A:\n  def __del__(self): print('gone', flush=True)\na = A()",
    "class A:\n  def __del__(self): print('gone')\na = A(); a.me = a; b = [a]; a.b = b",
    "class A:\n  def __init__(s, n): s.n = n\n  def __del__(s): print(s.n, print)\n_a, b, c = A(1), A(2), A(3)\ndef f(): return b",
    "def g():\n  try: yield 1\n  finally: print('closed')\nit = g(); next(it)",
    "f = open('/dev/stdout', 'w'); f.write('not flushed')",
    "import weakref\nclass A: pass\na = A(); weakref.finalize(a, print, 'finalized')",
    "import sys\nclass O:\n  def write(s, t): sys.__stdout__.write(t.upper())\n  def flush(s): sys.__stdout__.flush()\nsys.stdout = O(); print('loud')",
    "import sys; sys.exit(300)", "import sys; sys.exit(-1)", "raise SystemExit", "raise KeyboardInterrupt",
    "import threading, time; threading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start(); print('first')",
    "import sys, os; os.close(1); print('lost')", "import sys; sys.stdout.close()", "import gc; print(gc.isenabled())",
    "import json, re, collections, math; print(json.dumps({'a': [1, None]}), re.sub('a', 'b', 'aa'), math.pi)",
    "import builtins; builtins.x = 5; print(x); del builtins.x", "print('ü', ascii('ü')); 1 +",
  ]

  @Test("cannot tell themselves from started ones", arguments: selfPortraits)
  func parity(code: String) throws {
    let sandbox = try SandboxFixture.standard.get()
    let request = Self.request(code, ["a", "ü b"], stdin: "line one\nline two\n")
    let cold = try sandbox.run(request)
    let warm = try sandbox.run(request, by: Self.server(sandbox))
    #expect(warm.text == cold.text)
    #expect(warm.errorText == cold.errorText)
    #expect(warm.end == cold.end && warm.exceeded == cold.exceeded)
  }

  @Test("meet nothing of one another: not names, not files, not random numbers")
  func apart() throws {
    let sandbox = try SandboxFixture.standard.get()
    let server = try Self.server(sandbox)
    let poison = """
      import builtins, os, random, sys
      builtins.print = None; builtins.len = None; sys.modules['json'] = None; sys.setrecursionlimit(50)
      open('/tmp/mark', 'w').write('x'); open('/box/mark', 'w').write('x')
      for name in ('HOME', 'PATH'): os.environ[name] = 'poisoned'
      try: os.kill(os.getppid(), 9)
      except OSError: pass
      os.kill(-1, 15)
      """
    let look = "import json, os, random, sys; print(len('ab'), os.listdir('/tmp'), os.listdir('/box'), random.random())"
    let first = try sandbox.run(Self.request(look), by: server)
    for _ in 0..<3 { _ = try sandbox.run(Self.request(poison), by: server) }
    let second = try sandbox.run(Self.request(look), by: server)
    #expect(first.text.hasPrefix("2 [] ['main.py'] 0.") && second.text.hasPrefix("2 [] ['main.py'] 0."))
    #expect(first.text != second.text)
    #expect(server.isAlive && server.programs == 5)
  }

  @Test("run into their limits like any other")
  func limits() throws {
    let sandbox = try SandboxFixture.standard.get()
    let server = try Self.server(sandbox)
    func run(_ code: String, _ change: (inout SandboxLimits) -> Void) throws -> SandboxOutcome {
      var request = Self.request(code)
      change(&request.limits)
      return try sandbox.run(request, by: server)
    }
    #expect(try run("while True: pass") { $0.cpu = .milliseconds(200) }.exceeded == .cpu)
    #expect(try run("import time; time.sleep(60)") { $0.wall = .milliseconds(200) }.exceeded == .wall)
    #expect(try run("print('x' * 10_000_000)") { $0.outputBytes = 1_000 }.exceeded == .output)
    if SandboxFixture.hasControlGroups {
      #expect(try run("x = bytearray(200 << 20)") { $0.memoryBytes = 64 << 20 }.exceeded == .memory)
    }
  }

  @Test("end with the server, which ends with its owner")
  func ends() throws {
    let sandbox = try SandboxFixture.standard.get()
    var server: ForkServer? = try Self.server(sandbox)
    _ = try sandbox.run(Self.request("print(1)"), by: #require(server))
    weak let gone = server
    server = nil
    #expect(gone == nil)
  }
}
