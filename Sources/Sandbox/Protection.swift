/// A part of what protects the host, that a configuration can insist on.
public enum Protection: String, Sendable, Hashable, CaseIterable {
  /// Namespaces of its own: processes, files, network and the rest of the machine are out of the program's sight.
  case namespaces
  /// A filter on system calls.
  case seccomp
  /// A control group that keeps the limits of memory and processes for the whole tree.
  case cgroup
  /// Host users that own nothing, a fresh one for each program.
  case user

  /// Reads names with commas between, or `none`; throws what is wrong with them.
  public static func floor(_ text: String?) throws(SandboxError) -> Set<Self> {
    guard let text else { return [.namespaces, .seccomp] }
    if text == "none" { return [] }
    var floor: Set<Self> = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let protection = Self(rawValue: String(name)) else {
        let names = allCases.map(\.rawValue).joined(separator: ", ")
        throw SandboxError(.configuration, "'\(name)' is no protection: RCE_EXECUTOR_FLOOR takes \(names), or none")
      }
      floor.insert(protection)
    }
    return floor
  }
}
