import Digests
import HostSystem
package import Jobs
package import Sandbox

/// Products of earlier compilations, in memory, found by everything that went into them.
final class CompileCache: Sendable {
  /// What a compilation came to.
  struct Entry: Sendable {
    var files: [ProductFile]
    /// What the compiler printed.
    var output: [UInt8]

    fileprivate var weight: Int { files.reduce(output.count) { $0 + $1.bytes.count + $1.path.utf8.count + 64 } }
  }

  private let entries: Lock<LeastRecentlyUsed<Entry>>

  init(capacityBytes: Int) {
    entries = Lock(LeastRecentlyUsed(capacity: capacityBytes))
  }

  func find(_ key: String) -> Entry? {
    entries.withLock { $0.value(key) }
  }

  func keep(_ entry: Entry, for key: String) {
    entries.withLock { $0.insert(entry, weight: entry.weight, for: key) }
  }
}

/// The name of a compilation in the cache.
///
/// It is a digest of the tenant, the language, the compiler as a file, and the whole command with its sources. What
/// another tenant compiled is never found, so nobody learns from the time it takes.
package enum CompileKey {
  /// The name; each field is written behind its length, so that no two requests are written alike.
  package static func name(
    _ compile: SandboxRequest, _ language: Language, _ toolchain: Toolchain, tenant: String?
  ) -> String {
    let tenant = tenant.map { [Array("tenant".utf8), Array($0.utf8)] } ?? [Array("none".utf8)]
    let identities = [toolchain.compiler, toolchain.runtime].map { PreparedFile.identity($0 ?? "") }
    let mounts = compile.mounts.filter { $0.target != Recipe.productPath }.flatMap { [$0.source, $0.target] }
    let environment = compile.environment.flatMap { [$0.name, $0.value] }
    let texts = [language.rawValue] + identities + [compile.directory]
    let groups =
      [tenant] + [texts, compile.command, mounts, environment].map { $0.map { Array($0.utf8) } }
      + [compile.files.flatMap { [Array($0.path.utf8), $0.bytes] }]
    return SHA256.hexadecimal(of: groups.flatMap { Frame.fields($0) })
  }
}
