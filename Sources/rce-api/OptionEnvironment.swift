/// Options out of the environment, put before those of the command line.
enum OptionEnvironment {
  private static let names = [
    "listen", "redis", "wait-for-redis", "code-directory", "key-prefix", "job-lifetime", "threads", "connections",
    "body-limit", "inline-code-limit", "max-wait", "max-queue", "default-wall-time", "max-wall-time",
    "default-cpu-time", "max-cpu-time", "default-memory", "max-memory", "cors-origin", "log-level", "ready-fd",
  ]

  /// The arguments that variables such as `RCE_API_CODE_DIRECTORY` stand for, where the command line does not say.
  static func arguments(besides commandLine: [String], reading variable: (String) -> String?) -> [String] {
    names.flatMap { name -> [String] in
      let option = "--\(name)"
      guard !commandLine.contains(where: { $0 == option || $0.hasPrefix("\(option)=") }),
        let value = variable(self.variable(of: name))
      else { return [] }
      return ["\(option)=\(value)"]
    }
  }

  private static func variable(of name: String) -> String {
    "RCE_API_" + name.uppercased().map { $0 == "-" ? "_" : $0 }
  }
}
