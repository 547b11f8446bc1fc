import Curl
import Testing

@Suite("An origin")
struct URLOriginTests {
  @Test(
    "is scheme, host and port, and nothing else of a URL",
    arguments: [
      ("http://a.example/x", "http://A.EXAMPLE:80?y"), ("https://a", "https://u:p@a:443/"),
      ("http://[::1]/", "HTTP://[::1]:80"),
    ])
  func same(one: String, other: String) {
    #expect(URLOrigin(one) != nil && URLOrigin(one) == URLOrigin(other))
  }

  @Test(
    "is none of what is no http or https URL", arguments: ["", "/x", "a.example", "file:///etc/passwd", "ftp://a/x"])
  func none(url: String) {
    #expect(URLOrigin(url) == nil)
  }

  @Test(
    "holds a redirect that stays with it",
    arguments: [
      ("/x", true), ("x?y=http://b", true), ("?z", true), ("", true), ("http://a.example:80/x", true),
      ("//a.example/x", true),
      ("https://a.example/x", false), ("http://b.example/", false), ("//b.example/", false),
      ("http://a.example:81/", false),
      ("http://a.example.b.example/", false), ("http://a.example@b.example/", false), ("file:///etc/passwd", false),
      ("\\\\b.example/x", false), ("/\\b.example/x", false), ("javascript:1", false), ("http:b.example", false),
    ])
  func redirects(location: String, stays: Bool) throws {
    #expect(try #require(URLOrigin("http://user@a.example/path")).holds(location) == stays)
  }
}
