import MicroHTTP

/// The page at `/`: what this is and what to try first.
enum LandingPage {
  static let response = HTTPResponse(
    status: 200,
    headers: [
      ("Content-Type", "text/html; charset=utf-8"),
      ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ], body: PackageResources.landing_html)
}
