import Glibc

/// The variables of this process.
public enum ProcessEnvironment {
  /// Every variable as `NAME=value`.
  public static var all: [String] {
    var variables: [String] = []
    var entry = environ
    while let text = entry.pointee {
      variables.append(String(cString: text))
      entry += 1
    }
    return variables
  }

  /// Every variable by its name.
  public static var byName: [String: String] {
    let pairs = all.compactMap { variable in
      variable.firstIndex(of: "=").map { (String(variable[..<$0]), String(variable[variable.index(after: $0)...])) }
    }
    return Dictionary(pairs) { _, last in last }
  }

  /// The variables whose names start with one of these.
  public static func variables(startingWith prefixes: [String]) -> [String] {
    all.filter { variable in prefixes.contains(where: variable.hasPrefix) }
  }
}
