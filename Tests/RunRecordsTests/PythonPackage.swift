import Foundation

/// Packages of PyPI that judge what this program writes, in a virtual environment of the test's own.
enum PythonPackage {
  /// An interpreter that has a package; nil where it cannot be installed.
  static func interpreter(with package: String) -> String? {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rce-bench-python-\(package)").path
    let python = folder + "/bin/python"
    if (try? run(python, "", ["-c", "import \(module(package))"])) != nil {
      return python
    }
    guard (try? run("/usr/bin/python3", "", ["-m", "venv", folder])) != nil,
      (try? run(python, "", ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package])) != nil
    else { return nil }
    return python
  }

  /// What a program prints.
  static func run(_ python: String, _ program: String, _ arguments: [String]? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments ?? ["-c", program]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return text
  }

  private static func module(_ package: String) -> String { package == "hdrhistogram" ? "hdrh" : package }
}
