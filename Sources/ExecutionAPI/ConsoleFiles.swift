import FoundationEssentials
import HostSystem
package import MicroHTTP

/// The files of the web console, read once and served from memory.
///
/// Only what the folder's `manifest.json` lists is ever read or served, each file under its exact path: no path of a request
/// reaches the file system, so there is nothing to climb out of.
public struct ConsoleFiles: Sendable {
  private let files: [String: File]

  private struct File: Sendable {
    let contentType: String
    let cacheControl: String
    let tag: String
    let plain: [UInt8]
    let packed: [UInt8]?
    let isPage: Bool
  }

  /// What `stack/web/build.sh` says of the files that it made.
  private struct Manifest: Decodable {
    let version: Int
    let index: String
    let files: [Entry]

    struct Entry: Decodable {
      let path: String
      let contentType: String
      let cacheControl: String
      let sha256: String
      let gzip: String?
    }
  }

  /// Reads a console that was built into a folder.
  ///
  /// - Parameters:
  ///   - apiBase: where the console's pages find the API; nil is beside them.
  ///   - hasReports: the API also serves benchmark reports.
  public init(directory: String, apiBase: String? = nil, hasReports: Bool = false) throws(ConsoleError) {
    let manifest = try Self.manifest(in: directory)
    var files: [String: File] = [:]
    for entry in manifest.files {
      let file = try Self.file(entry, in: directory, isIndex: entry.path == manifest.index)
      files["/\(entry.path)"] = file
      if entry.path == manifest.index { files["/"] = file }
    }
    guard files["/"] != nil else {
      throw ConsoleError("\(directory)/manifest.json: the index \(quote(manifest.index)) is not among its files")
    }
    files["/config.js"] = try Self.configuration(apiBase, hasReports)
    self.files = files
    policy = Self.policy(apiBase)
  }

  /// What the pages may load: their own files, answers of the API where that is elsewhere, and styles that the editor sets.
  private let policy: String

  /// Whether a path, percent-decoded, is a file of the console.
  package func serves(_ path: String) -> Bool { files[path] != nil }

  /// The answer to a request for a file; nil where the console has none of its path.
  package func answer(_ request: HTTPRequest) -> HTTPResponse? {
    guard let file = files[request.path] else { return nil }
    // Weak, since both codings of a file have the same.
    let tag = "W/\"\(file.tag)\""
    var headers = [
      ("Cache-Control", file.cacheControl), ("ETag", tag), ("Vary", "Accept-Encoding"),
      ("X-Content-Type-Options", "nosniff"),
    ]
    if let known = request.header("if-none-match"), Self.names(known, tag) {
      return HTTPResponse(status: 304, headers: headers)
    }
    headers.append(("Content-Type", file.contentType))
    if file.isPage {
      headers += [("Content-Security-Policy", policy), ("Referrer-Policy", "no-referrer")]
    }
    guard let packed = file.packed, Self.takesGzip(request) else {
      return HTTPResponse(status: 200, headers: headers, body: file.plain)
    }
    return HTTPResponse(status: 200, headers: headers + [("Content-Encoding", "gzip")], body: packed)
  }
}

extension ConsoleFiles {
  private static func manifest(in directory: String) throws(ConsoleError) -> Manifest {
    let path = "\(directory)/manifest.json"
    let bytes = try read(path)
    let manifest: Manifest
    do { manifest = try JSONDecoder().decode(Manifest.self, from: Data(bytes)) } catch {
      throw ConsoleError("\(path) is not a list of the console's files: build the console again with `make console`")
    }
    guard manifest.version == 1 else {
      throw ConsoleError("\(path) is of version \(manifest.version), expected 1: build the console again")
    }
    return manifest
  }

  private static func file(_ entry: Manifest.Entry, in directory: String, isIndex: Bool) throws(ConsoleError) -> File {
    for name in [entry.path, entry.gzip ?? entry.path] where !isPlain(name) {
      throw ConsoleError("\(directory)/manifest.json: \(quote(name)) is not a path below the folder")
    }
    for text in [entry.contentType, entry.cacheControl, entry.sha256] where text.utf8.contains(where: { $0 < 0x20 }) {
      throw ConsoleError("\(directory)/manifest.json: a header of \(quote(entry.path)) has a control character")
    }
    return File(
      contentType: entry.contentType, cacheControl: entry.cacheControl, tag: String(entry.sha256.prefix(32)),
      plain: try read("\(directory)/\(entry.path)"),
      packed: try entry.gzip.map { name throws(ConsoleError) in
        try read("\(directory)/\(name)")
      }, isPage: isIndex || entry.contentType.hasPrefix("text/html"))
  }

  /// Relative, without empty parts and without steps upwards.
  private static func isPlain(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
  }

  private static func read(_ path: String) throws(ConsoleError) -> [UInt8] {
    do { return try FileDescriptor.open(path, 0).readAll() } catch {
      throw ConsoleError("\(path) cannot be read: build the console with `make console`, or name its folder")
    }
  }

  private static func configuration(_ apiBase: String?, _ hasReports: Bool) throws(ConsoleError) -> File {
    let address = apiBase ?? ""
    let isAddress =
      apiBase == nil || ["http://", "https://"].contains { address.hasPrefix($0) && address.count > $0.count }
    // It becomes part of a header, in which these would begin another rule.
    guard isAddress, address.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"\"',;<>\\".utf8.contains($0) }) else {
      throw ConsoleError("expected an address that starts with http:// or https://, got \(quote(address))")
    }
    let text = "window.consoleConfig = { apiBase: \"\(address)\", reports: \(hasReports) };\n"
    return File(
      contentType: "text/javascript; charset=utf-8", cacheControl: "no-cache", tag: "\(address)+\(hasReports)",
      plain: Array(text.utf8), packed: nil, isPage: false)
  }

  private static func policy(_ apiBase: String?) -> String {
    let origin = apiBase.map {
      $0.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }
    let calls = origin.map { "; connect-src 'self' \($0)" } ?? ""
    return "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'\(calls); object-src 'none'; "
      + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  }

  /// RFC 9110, section 13.1.2: a list of tags, weak ones included, or `*`.
  private static func names(_ list: String, _ tag: String) -> Bool {
    list.split(separator: ",").contains { part in
      let known = part.filter { $0 != " " }
      return known == "*" || known == tag || "W/\(known)" == tag
    }
  }

  /// RFC 9110, section 12.5.3: named, and not with a quality of 0.
  private static func takesGzip(_ request: HTTPRequest) -> Bool {
    (request.header("accept-encoding") ?? "").lowercased().split(separator: ",").contains { part in
      let words = part.split(separator: ";").map { $0.filter { $0 != " " } }
      guard words.first == "gzip" else { return false }
      return !words.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
    }
  }
}

/// Why a console cannot be served.
public struct ConsoleError: Error, CustomStringConvertible {
  /// What was read, what was wrong with it, and what to do.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
