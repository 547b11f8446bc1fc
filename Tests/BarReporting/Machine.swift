import Glibc

/// The machine that figures come from.
public enum Machine {
  /// Cores, kernel, and how busy it is now.
  public static var description: String {
    var name = utsname()
    uname(&name)
    let release = withUnsafeBytes(of: &name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores, Linux \(release), load \(loadAverage)"
  }

  private static var loadAverage: String {
    var loads = [0.0, 0.0, 0.0]
    return getloadavg(&loads, 3) > 0 ? rounded(loads[0]) : "unknown"
  }
}
