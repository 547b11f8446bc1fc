import HostSystem
import Jobs
import Sandbox

/// A javac that stays in a sandbox of its own, and compiles what would have taken it longer to start.
///
/// It knows the sources of one job at a time, and only reads them: nothing of a program runs in it (`-proc:none`).
/// Whatever goes wrong in it that no source is to blame for ends it, and the job gets a javac of its own.
final class ResidentCompiler: WarmStock {
  private struct State {
    var service: SandboxService?
    var compilations = 0
  }

  private static let readiness = Array("ready\n".utf8)
  /// Compilations after which it makes room for a new one.
  static let mostCompilations = 500
  /// Compilations of a sample before it takes work: until then, every one is slower than the next.
  private static let rehearsals = 100
  /// Enough for any usual source; what needs more gets a compiler of its own.
  private static let heapMB = 256
  /// With these alone it works as a javac that is started for one program.
  private static let options = ["-proc:none", "-encoding", "UTF-8", "-Xmaxerrs", "20"]

  let name = WarmPool.javac.rawValue
  private let toolchain: Toolchain
  private let tools: JavaTools
  private let limits: SandboxLimits
  private let sandbox: Sandbox
  private let state = Lock(State())

  init(_ toolchain: Toolchain, _ tools: JavaTools, compileLimits: SandboxLimits, in sandbox: Sandbox) {
    self.toolchain = toolchain
    self.tools = tools
    self.sandbox = sandbox
    limits = compileLimits
  }

  /// What a cold compiler would have done, with the classes in the product; nil where it must be asked.
  func compile(_ request: SandboxRequest, into product: Product) throws(SandboxError) -> SandboxOutcome? {
    guard let content = Self.content(request), let service = state.withLock({ $0.service }) else { return nil }
    guard let answer = try exchange(content, request.limits, service) else { return nil }
    switch answer {
    // The words of its verdict come from the limits, as those of any compiler.
    case .stopped(let limit) where limit == .wall || limit == .cpu:
      drop(service)
      return SandboxOutcome(end: .signalled(9), exceeded: limit)
    case .answer(let content):
      if let outcome = Self.outcome(content, request.limits, product) {
        count(service)
        return outcome
      }
    case .stopped, .ended: break
    }
    drop(service)
    return nil
  }

  private func exchange(
    _ content: [UInt8], _ limits: SandboxLimits, _ service: SandboxService
  ) throws(SandboxError) -> ServiceAnswer? {
    var limits = limits
    // Of the answer, which holds the classes.
    limits.outputBytes = limits.fileBytes
    do throws(SandboxError) {
      return try service.exchange(content, limits: limits)
    } catch {
      drop(service)
      if error.kind == .cleanup { throw error }
      return nil
    }
  }

  /// Counts: the options and their number, the sources' names and theirs, then the files.
  private static func content(_ request: SandboxRequest) -> [UInt8]? {
    var arguments = request.command.dropFirst().filter { !$0.hasPrefix("-J") }
    guard let output = arguments.firstIndex(of: "-d"), output + 1 < arguments.count else { return nil }
    arguments.removeSubrange(output...(output + 1))
    let sources = arguments.filter { $0.hasSuffix(".java") }
    guard arguments.filter({ !$0.hasSuffix(".java") }) == options, !sources.isEmpty, request.directory == "/box",
      request.files.allSatisfy({ $0.path.hasPrefix("/box/") })
    else { return nil }
    let texts = ["\(options.count)"] + options + ["\(sources.count)"] + sources
    let fields = texts.map { Array($0.utf8) } + request.files.flatMap { [Array($0.path.utf8), $0.bytes] }
    return Array(Frame.fields(fields).dropFirst(4))
  }

  /// Reads its answer; nil where it failed itself, or printed more than is kept of a compiler's output.
  private static func outcome(
    _ content: [UInt8], _ limits: SandboxLimits, _ product: Product
  ) -> SandboxOutcome? {
    guard let fields = Frame.fields(of: content), fields.count >= 2, fields.count % 2 == 0,
      fields[1].count <= limits.outputBytes
    else { return nil }
    if fields[0] == Array("1".utf8) { return SandboxOutcome(end: .exited(1), stderr: fields[1]) }
    guard fields[0] == Array("0".utf8) else { return nil }
    let files = stride(from: 2, to: fields.count, by: 2).map { index in
      ProductFile(String(decoding: fields[index], as: UTF8.self), fields[index + 1])
    }
    do throws(ProductError) {
      try product.fill(files)
    } catch {
      return nil
    }
    return SandboxOutcome(end: .exited(0), stderr: fields[1])
  }

  private func count(_ service: SandboxService) {
    let isWorn = state.withLock { state in
      state.compilations += 1
      return state.compilations >= Self.mostCompilations
    }
    if isWorn { drop(service) }
  }

  private func drop(_ service: SandboxService) {
    state.withLock { if $0.service === service { $0 = State() } }
    try? service.stop()
  }

  var isShort: Bool { state.withLock { $0.service.map { !$0.isReady } ?? true } }

  func startOne() throws {
    guard let runtime = toolchain.runtime else { return }
    var limits = limits.booting()
    // It uses CPU time for many jobs, each of which has its own limit.
    limits.cpu = .seconds(3_600)
    let flags = [
      // Young objects of several compilations find room, so that garbage is collected between them and not during one.
      "-Xms64m", "-Xmn48m", "-Xmx\(Self.heapMB)m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData",
    ]
    let request = SandboxRequest(
      [runtime] + flags + ["-cp", JavaTools.path, JavaTools.compilerClass, "\(Self.rehearsals)"],
      mounts: toolchain.mounts + [try tools.mount()], environment: RecipeBuilder.environment, limits: limits)
    let service = try sandbox.startService(request, readiness: Self.readiness)
    state.withLock { $0 = State(service: service) }
  }

  func stop() {
    if let service = state.withLock({ $0.service }) { drop(service) }
  }
}
