/// Options out of the environment, put before those of the command line.
enum OptionEnvironment {
  private static let names = [
    "redis", "wait-for-redis", "key-prefix", "code-directory", "job-lifetime", "executor", "concurrency",
    "environments", "idle-timeout", "keep", "prewarm", "recycle-after", "memory", "timeout", "init-timeout",
    "visibility-timeout", "maximum-receives", "drain-timeout", "metrics-listen", "log-level",
  ]

  /// The arguments that variables such as `RCE_HOST_CODE_DIRECTORY` stand for, where the command line does not say.
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
    "RCE_HOST_" + name.uppercased().map { $0 == "-" ? "_" : $0 }
  }
}
