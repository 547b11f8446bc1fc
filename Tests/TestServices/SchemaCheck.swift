import FoundationEssentials
import Glibc
import HostSystem

/// Checks documents against a JSON Schema with a checker that is not this project's: python3-jsonschema.
public enum SchemaCheck {
  private static let python = "/usr/bin/python3"
  private static let script =
    #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/schema_check.py"

  /// Whether the checker is installed (Debian: python3-jsonschema, python3-yaml).
  public static let isInstalled = (try? run(["-c", "import jsonschema, yaml"])) != nil

  /// A line for each document: `ok`, or what is wrong with it.
  ///
  /// - Parameters:
  ///   - schema: the schema's text.
  ///   - documents: names, whose endings say `.json` or `.yaml`, with texts.
  public static func results(_ schema: String, _ documents: [(name: String, text: String)]) throws -> [String] {
    let folder = try TemporaryDirectory()
    let texts = [("schema.json", schema)] + documents.enumerated().map { ("\($0)-\($1.name)", $1.text) }
    let files = try texts.map { name, text in
      let path = "\(folder.path)/\(name)"
      try Data(text.utf8).write(to: URL(filePath: path))
      return path
    }
    return try run([script] + files).split(separator: "\n").map(String.init)
  }

  private static func run(_ arguments: [String]) throws -> String {
    let folder = try TemporaryDirectory()
    let output = try FileDescriptor.open("\(folder.path)/output", O_RDWR | O_CREAT)
    var request = ProcessRequest(python, arguments, environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"])
    request.descriptors = [-1, output.number, output.number]
    let end = try ChildProcess(request).wait().end
    lseek(output.number, 0, SEEK_SET)
    let text = String(decoding: try output.readAll(), as: UTF8.self)
    guard end == .exited(0) else { throw ServiceError("the schema's checker failed: \(text)") }
    return text
  }
}
