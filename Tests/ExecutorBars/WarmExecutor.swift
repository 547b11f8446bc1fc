import CodeExecution
import Glibc
import HostSystem
import Sandbox

/// An executor that keeps something ready, and its turns, each of which begins when that is there.
final class WarmExecutor {
  /// The first filling makes files, and boots what it then keeps.
  private static let patience: Int64 = 60_000_000_000

  let executor: CodeExecutor
  private let pools: [WarmPool: Int]
  /// A pool that never got ready is not waited for again; the turns then show that it was not used.
  private var isHopeless = false

  /// Keeps pools of these sizes.
  init(_ bench: Bench, _ sandbox: Sandbox, _ pools: [WarmPool: Int]) throws {
    self.pools = pools
    executor = try bench.fastExecutor(sandbox, pools: pools)
    executor.keepWarm()
  }

  /// Waits until everything that is kept is there; false where it does not come.
  @discardableResult
  func waitUntilReady() -> Bool {
    if isHopeless { return false }
    let deadline = MonotonicInstant.now + Self.patience
    while !pools.allSatisfy({ (executor.ready[$0.key] ?? 0) >= $0.value }) {
      if MonotonicInstant.now > deadline {
        isHopeless = true
        return false
      }
      usleep(1_000)
    }
    return true
  }

  func contestant(
    _ name: String, _ program: Program, _ reading: @escaping (ExecutorTurn) -> (milliseconds: Double, isTrue: Bool)
  ) -> Contestant {
    Contestant(name: name, before: { self.waitUntilReady() }) { reading(try ExecutorTurn(self.executor, program)) }
  }
}
