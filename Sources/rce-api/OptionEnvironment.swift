/// Options out of the environment, put before those of the command line.
enum OptionEnvironment {
  /// The arguments that variables such as `RCE_API_CODE_DIRECTORY` stand for, where the command line does not say.
  ///
  /// - Parameter help: the help text, which names every option.
  static func arguments(
    besides commandLine: [String], namedIn help: String, reading variable: (String) -> String?
  ) -> [String] {
    names(in: help).flatMap { name -> [String] in
      let isGiven = commandLine.contains { $0 == name || $0.hasPrefix("\(name)=") }
      guard !isGiven, let value = variable(self.variable(of: name)) else { return [] }
      return ["\(name)=\(value)"]
    }
  }

  private static func names(in help: String) -> [String] {
    let words = help.split { " \n,".contains($0) }.filter { $0.hasPrefix("--") && $0.count > 2 }
    return Set(words.map(String.init)).subtracting(["--help", "--version"]).sorted()
  }

  private static func variable(of name: String) -> String {
    "RCE_API_" + name.dropFirst(2).uppercased().map { $0 == "-" ? "_" : $0 }
  }
}
