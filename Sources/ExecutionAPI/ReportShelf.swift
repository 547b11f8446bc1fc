import FoundationEssentials
import HostSystem
package import MicroHTTP

/// The reports of benchmark runs in a folder, each run in a folder of its own: a list of the newest, and their pages.
public struct ReportShelf: Sendable {
  /// Reports that are listed.
  static let most = 12

  private let directory: String

  /// The reports below a folder, which need not exist yet.
  public init(directory: String) {
    self.directory = directory
  }

  /// What the list says of one report.
  struct Entry: Encodable, Equatable {
    let id: String
    let scenario: String
    let verdict: String
    /// Milliseconds since 1970.
    let startedAt: Int64
  }

  private struct Summary: Decodable {
    let run: Run
    let verdict: Verdict

    struct Run: Decodable {
      let scenario: String
      let startedAt: Int64
    }

    struct Verdict: Decodable {
      let validity: String
    }
  }

  private struct List: Encodable {
    let reports: [Entry]
  }

  /// The answer to a request for the list or for a page; nil where the path is neither.
  package func answer(_ request: HTTPRequest) -> HTTPResponse? {
    if request.path == "/reports" {
      let headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
      return HTTPResponse(status: 200, headers: headers, body: encode(List(reports: newest)))
    }
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1] == "reports", parts[3] == "report.html", Self.isName(parts[2]) else { return nil }
    return page(of: String(parts[2]))
  }

  /// The newest reports; names of runs begin with their time.
  var newest: [Entry] {
    let runs = DirectoryNames.list(directory).filter { Self.isName($0[...]) }.sorted(by: >)
    return Array(runs.lazy.compactMap(entry).prefix(Self.most))
  }

  private func entry(_ id: String) -> Entry? {
    guard let bytes = read("\(id)/summary.json"),
      let summary = try? JSONDecoder().decode(Summary.self, from: Data(bytes))
    else { return nil }
    return Entry(
      id: id, scenario: summary.run.scenario, verdict: summary.verdict.validity, startedAt: summary.run.startedAt)
  }

  /// The page brings a policy of its own that lets nothing in; this one is for what else may lie under the name.
  private func page(of id: String) -> HTTPResponse? {
    guard let bytes = read("\(id)/report.html") else { return nil }
    let headers = [
      ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache"),
      ("X-Content-Type-Options", "nosniff"),
      (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; sandbox allow-scripts"
      ),
    ]
    return HTTPResponse(status: 200, headers: headers, body: bytes)
  }

  private func read(_ name: String) -> [UInt8]? {
    guard let bytes = try? FileDescriptor.open("\(directory)/\(name)", 0).readAll(upTo: 16 << 20) else { return nil }
    return bytes
  }

  /// Letters, digits, `.`, `_` and `-`, the first no dot: a name that cannot lead out of the folder.
  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && !text.hasPrefix(".")
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "._-".utf8.contains(byte)
      }
  }
}
