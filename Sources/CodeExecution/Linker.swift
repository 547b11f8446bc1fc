/// The linkers for C++ that are faster than the usual one.
package enum Linker {
  /// The best one that is there and switched on; nil leaves the compiler its own.
  package static func choose(_ toolchain: Toolchain, _ techniques: Set<Technique>) -> Technique? {
    if toolchain.hasMold && techniques.contains(.mold) { return .mold }
    if toolchain.hasGold && techniques.contains(.gold) { return .gold }
    return nil
  }

  /// What makes the compiler use it.
  package static func arguments(_ linker: Technique) -> [String] {
    ["-fuse-ld=\(linker.rawValue)"]
  }

  /// Whether the compiler knows a linker: g++ knows mold since version 12, which its real name ends in.
  package static func isKnown(_ linker: Technique, to compiler: String) -> Bool {
    guard linker == .mold else { return true }
    guard let version = compiler.split(separator: "-").last.flatMap({ Int($0) }) else { return false }
    return version >= 12
  }
}
