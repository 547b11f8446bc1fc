import HostSystem

/// Certificates for one test: an authority, a server `rce.test` (also `127.0.0.1`) and a client, made by openssl.
public final class Certificates: Sendable {
  /// Where the files are: `ca.pem`, `server.pem`, `server.key`, `client.pem`, `client.key`.
  public let directory: TemporaryDirectory

  /// Makes them.
  public init() throws {
    directory = try TemporaryDirectory(named: "rce-tls")
    let openssl = try ProgramPath.find("openssl", package: "openssl")
    try run(
      openssl,
      ["req", "-x509"] + Self.key + [
        "-keyout", self["ca.key"], "-out", self["ca.pem"], "-days", "2", "-subj", "/CN=rce-bench test authority",
        "-addext", "basicConstraints=critical,CA:TRUE",
      ])
    for name in ["server", "client"] { try issue(name) }
  }

  /// Makes `NAME.pem` and `NAME.key`.
  ///
  /// - Parameters:
  ///   - subjects: whose certificate it is, in openssl's words.
  ///   - days: how long it is valid; -1 ended yesterday.
  public func issue(_ name: String, for subjects: String = "DNS:rce.test,IP:127.0.0.1", days: Int = 2) throws {
    let openssl = try ProgramPath.find("openssl", package: "openssl")
    try run(
      openssl,
      ["req"] + Self.key + [
        "-keyout", self["\(name).key"], "-out", self["\(name).csr"], "-subj", "/CN=\(name)", "-addext",
        "subjectAltName=\(subjects)",
      ])
    try run(
      openssl,
      [
        "x509", "-req", "-in", self["\(name).csr"], "-CA", self["ca.pem"], "-CAkey", self["ca.key"],
        "-CAcreateserial", "-days", "\(days)", "-copy_extensions", "copy", "-out", self["\(name).pem"],
      ])
  }

  private static let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

  /// The path of a file.
  public subscript(name: String) -> String { "\(directory.path)/\(name)" }

  private func run(_ program: String, _ arguments: [String]) throws {
    let process = try OwnedProcess(ProcessRequest(program, arguments, environment: ["LC_ALL=C.UTF-8"]))
    guard let end = process.end(within: 30_000), end == .exited(0) else {
      throw ServiceError("\(program) \(arguments.joined(separator: " ")) failed")
    }
  }
}
