import MicroHTTP
import Reporting

/// The answers of a dashboard, with headers that let a browser do no more than it needs.
enum DashboardAnswer {
  /// The refusal of a request that is not one for the page: of another method or path, or sent to another name.
  ///
  /// A page of somewhere else could have its own name resolve to 127.0.0.1 and read this one (DNS rebinding).
  static func refusal(of request: HTTPRequest) -> HTTPResponse? {
    let name = request.header("host").map { $0.prefix { $0 != ":" } }
    guard name == "127.0.0.1" || name == "localhost" else {
      return plain(421, "this page is only at 127.0.0.1\n")
    }
    guard request.method == "GET" else { return plain(405, "this page is read-only\n", [("Allow", "GET")]) }
    return request.path == "/" || request.path == "/events" ? nil : plain(404, "there is only /\n")
  }

  /// A page.
  static func page(_ html: String) -> HTTPResponse {
    HTTPResponse(
      status: 200,
      headers: strict + [
        ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", LiveReport.policy),
      ], body: Array(html.utf8))
  }

  /// Events of a stream that the browser asks for again.
  static func events(_ text: String) -> HTTPResponse {
    HTTPResponse(
      status: 200, headers: strict + [("Content-Type", "text/event-stream; charset=utf-8")], body: Array(text.utf8))
  }

  private static func plain(_ status: Int, _ text: String, _ more: [(name: String, value: String)] = []) -> HTTPResponse
  {
    HTTPResponse(
      status: status, headers: strict + more + [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
  }

  private static let strict: [(name: String, value: String)] = [
    ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
  ]
}
