import HostSystem
import Sandbox
import Testing

@Suite("Two sandboxes in one process", .onEachBackend)
struct TwoSandboxesTests {
  @Test("do not share a job's control group: the end of one job leaves the other alone")
  func apart() async throws {
    let sandboxes = [try SandboxFixture.standard.get(), try Sandbox()]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for sandbox in sandboxes {
        group.addTask {
          for _ in 0..<10 {
            let outcome = try SandboxFixture.run(["/bin/sh", "-c", "sleep 0.02; exit 7"], in: .success(sandbox))
            #expect(outcome.end == .exited(7))
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
