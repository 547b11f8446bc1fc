import HostSystem
import Jobs
import Sandbox

/// Processes of one form that are booted and wait, each for one program.
final class WorkerPool: WarmStart, WarmStock {
  private struct Ready {
    var worker: SandboxWorker
    var product: Product?
  }

  private static let readiness = Array("ready\n".utf8)

  let name: String
  private let form: any WarmForm
  private let size: Int
  private let sandbox: Sandbox
  private let makeProduct: @Sendable () throws -> Product
  private let ready = Lock<[Ready]>([])

  init(
    _ pool: WarmPool, _ form: any WarmForm, size: Int, in sandbox: Sandbox,
    makeProduct: @escaping @Sendable () throws -> Product
  ) {
    name = pool.rawValue
    self.form = form
    self.size = size
    self.sandbox = sandbox
    self.makeProduct = makeProduct
  }

  func run(_ program: PreparedProgram) throws(SandboxError) -> WarmRun? {
    guard program.language == form.language, let input = form.input(for: program.request), let next = take(),
      place(program.product, next.product)
    else { return nil }
    do throws(SandboxError) {
      let outcome = try next.worker.run(input, limits: program.request.limits)
      return WarmRun(outcome: outcome, kind: .prewarmed, technique: .prewarm)
    } catch {
      // It died in this moment, or before its program began: a cold start can still do it.
      if error.kind == .setup { return nil }
      throw error
    }
  }

  /// One that waits; those that have died meanwhile are dropped.
  private func take() -> Ready? {
    while let next = ready.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
      if next.worker.isReady { return next }
    }
    return nil
  }

  /// Puts the program where the process looks for it; false where it cannot be had.
  private func place(_ product: Product?, _ target: Product?) -> Bool {
    guard form.needsProduct else { return true }
    guard let product, let target else { return false }
    do throws(ProductError) {
      try target.fill(try product.contents())
      return true
    } catch {
      return false
    }
  }

  var isShort: Bool { ready.withLock { $0.count } < size }

  /// How many wait.
  var count: Int { ready.withLock { $0.count } }

  func startOne() throws {
    var request = try form.request()
    let product = form.needsProduct ? try makeProduct() : nil
    if let product { request.mounts.append(SandboxMount(product.path, at: Recipe.productPath)) }
    let worker = try sandbox.startWorker(request, readiness: Self.readiness)
    ready.withLock { $0.append(Ready(worker: worker, product: product)) }
  }

  func stop() {
    while let next = ready.withLock({ $0.popLast() }) { try? next.worker.stop() }
  }
}
