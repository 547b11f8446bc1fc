import FoundationEssentials
import Glibc
import Jobs
import RunRecords

extension RunEnvironment {
  /// The machine that this process runs on.
  static var current: Self {
    var name = utsname()
    uname(&name)
    var environment = Self(
      host: text(&name.nodename), cpu: value(of: "model name", in: "/proc/cpuinfo", after: ":") ?? text(&name.machine),
      cores: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      memoryBytes: Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE))),
      kernel: text(&name.release), system: value(of: "PRETTY_NAME", in: "/etc/os-release", after: "=") ?? "Linux",
      versions: ["rce-bench": ProductVersion.text])
    environment.governor = frequencyGovernor
    return environment
  }

  /// The one governor of all processors, or each that there is.
  private static var frequencyGovernor: String? {
    let folder = "/sys/devices/system/cpu"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let governors = names.compactMap { name in
      try? String(contentsOf: URL(filePath: "\(folder)/\(name)/cpufreq/scaling_governor"), encoding: .utf8)
    }
    let different = Set(governors.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })
    return different.isEmpty ? nil : different.sorted().joined(separator: ", ")
  }

  private static func text<Field>(_ field: inout Field) -> String {
    withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// The value of the first line that starts with a name, without blanks and quotes around it.
  private static func value(of name: String, in path: String, after mark: Character) -> String? {
    guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    guard let line, let start = line.firstIndex(of: mark) else { return nil }
    let value = line[line.index(after: start)...].drop { $0 == " " || $0 == "\"" }
    return String(value.reversed().drop { $0 == " " || $0 == "\"" }.reversed())
  }
}
