import Glibc
import HostSystem
import Jobs
import Sandbox
import Testing

extension Attacks {
  @Suite("Row 54: every way a program can end", .serialized)
  struct EndAttackTests {
    /// Signals that end a process which does not handle them: all but those that stop it, let it go on, or are ignored.
    static let ending = Set(Int32(1)...31).subtracting([
      SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH,
    ])
    /// What a program survives.
    static let survived: [Int32] = [SIGCHLD, SIGCONT, SIGURG, SIGWINCH]

    private static let limits = SandboxLimits(
      wall: .seconds(10), cpu: .seconds(5), memoryBytes: 64 << 20, outputBytes: 4_096, processes: 8,
      fileBytes: 1 << 20)

    /// Runs a command in the sandbox itself, without what an executor makes of its end.
    private static func end(of command: [String], on backend: AttackedBackend) throws -> ProcessEnd {
      let outcome = try Attacks.bench(backend).sandbox.run(SandboxRequest(command, limits: limits))
      // By this signal the kernel ends a program whose file has grown to the limit; no other is taken for a limit.
      #expect(outcome.exceeded == (outcome.end == .signalled(SIGXFSZ) ? .file : nil))
      return outcome.end
    }

    @Test("each of the 256 exit codes is told as it is", arguments: AttackedBackend.allCases)
    func exitCodes(backend: AttackedBackend) throws {
      let before = HostState(products: try Attacks.bench(backend).products)
      for code in Int32(0)...255 {
        #expect(try Self.end(of: ["/bin/sh", "-c", "exit \(code)"], on: backend) == .exited(code))
      }
      try #expect(AttackRun(bench: Attacks.bench(backend)).remains(since: before) == [])
    }

    @Test("each signal that ends a program is told as it is", arguments: AttackedBackend.allCases)
    func signals(backend: AttackedBackend) throws {
      for number in Self.ending {
        #expect(try Self.end(of: ["/bin/sh", "-c", "kill -\(number) $$"], on: backend) == .signalled(number))
      }
      for number in Self.survived {
        #expect(try Self.end(of: ["/bin/sh", "-c", "kill -\(number) $$"], on: backend) == .exited(0))
      }
    }

    private static let signals: [(Language, [Int32])] = [
      (.cpp, [SIGHUP, SIGABRT, SIGKILL, SIGUSR1, SIGSEGV, SIGXCPU, SIGSYS]), (.java, [SIGKILL, SIGABRT]),
      (.python, [SIGTERM, SIGKILL, SIGALRM, SIGSYS]), (.javascript, [SIGTERM, SIGKILL, SIGABRT]),
    ]

    static let attacks: [Attack] =
      signals.flatMap { language, numbers in
        numbers.flatMap { number in
          Attack.each(
            54, "54-ends", in: [language], with: ["signal", "\(number)"], [.runtimeError], .signal(Int(number)))
        }
      }
      + Attack.each(54, "54-ends", in: [.cpp], with: ["abort", "0"], [.runtimeError], .signal(6))
      + Attack.each(54, "54-ends", with: ["exit", "0"], [nil])
      + [1, 2, 77, 126, 127, 128, 137, 139, 255].flatMap { code in
        Attack.each(
          54, "54-ends", in: [.cpp, .python, .javascript], with: ["exit", "\(code)"], [.runtimeError],
          .says("exit code \(code)"))
      }
      + Attack.each(54, "54-ends", in: [.java], with: ["exit", "143"], [.runtimeError], .says("exit code 143"))

    @Test("the languages tell it like that, too", arguments: AttackedBackend.allCases, attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }
  }
}
