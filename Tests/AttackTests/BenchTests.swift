import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import Testing

extension Attacks {
  @Suite("The bench itself")
  struct BenchTests {
    private static func result(printing text: String) -> ExecutionResult {
      ExecutionResult(
        details: ExecutionDetails(stderr: CapturedOutput(Array(text.utf8))), compiledAt: 0, finishedAt: 0)
    }

    @Test("the secret is seen as it is, backwards, in hexadecimal and in base64", arguments: 0..<3)
    func secret(offset: Int) throws {
      let canary = try Attacks.bench(.bubblewrap).canary
      let bytes = Array(canary.secret.utf8)
      let filling = Array(repeating: UInt8(ascii: "="), count: offset)
      let clothes = [
        canary.secret, String(canary.secret.reversed()), bytes.map { String($0, radix: 16) }.joined(),
        Data(filling + bytes + filling).base64EncodedString(),
      ]
      for text in clothes { #expect(canary.leaks(in: Self.result(printing: "x\(text)y")).count == 1) }
      #expect(canary.leaks(in: Self.result(printing: "nothing")).isEmpty)
    }

    @Test("a descriptor, a file and a process of a sandbox that stay are seen")
    func remains() throws {
      let bench = try Attacks.bench(.bubblewrap)
      let before = HostState(products: bench.products)
      let file = try FileDescriptor.open(bench.products + "/left", O_WRONLY | O_CREAT)
      defer { unlink(bench.products + "/left") }
      var request = ProcessRequest("/bin/sleep", ["60"])
      request.userID = 1_999_999_999
      let process = try ChildProcess(request)
      let growth = HostState(products: bench.products).growth(since: before)
      process.signal(SIGKILL)
      _ = try process.wait()
      #expect(growth.contains("P3 product \(bench.products)/left"))
      #expect(growth.contains("P3 descriptor \(file.number) to \(bench.products)/left"))
      #expect(growth.contains { $0.hasPrefix("P1 process \(process.id) ") })
    }

    @Test("a probe that failed, is missing or is one too many is a problem")
    func probes() {
      let attack = Attack(row: 0, folder: "", language: .cpp, verdicts: [nil], checks: [.probes(["a", "b"])])
      for text in ["PASS a\n", "PASS a\nFAIL b: it worked\n", "PASS a\nPASS b\nPASS c\n", "PASS b\nPASS a\n", ""] {
        let result = ExecutionResult(
          details: ExecutionDetails(stdout: CapturedOutput(Array(text.utf8))), compiledAt: 0, finishedAt: 0)
        #expect(attack.problems(in: result, on: .bubblewrap).count == 1)
      }
    }

    @Test("every program is run by a test and named in README.md")
    func programs() throws {
      let pairs = PairAttackTests.oneAfterAnother + PairAttackTests.sideBySide
      let attacks = Attacks.all + SystemCallAttackTests.attacks + pairs.flatMap { [$0.first, $0.second] }
      let run = Set(attacks.filter { $0.generated == nil }.map(\.folder))
      let text = try ProgramFile.source("../README.md")
      for folder in DirectoryNames.list(ProgramFile.folder) where !folder.contains(".") {
        #expect(run.contains(folder))
        #expect(text.contains("`\(folder)`"))
      }
    }
  }
}
