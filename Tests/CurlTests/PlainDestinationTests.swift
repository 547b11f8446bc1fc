import Curl
import Testing

@Suite("Where a request without encryption goes")
struct PlainDestinationTests {
  @Test(
    "is told by a plain URL",
    arguments: [
      ("http://a.example", "a.example", "/", "a.example"),
      ("http://a.example:8080/x?y=1&z=%20", "a.example:8080", "/x?y=1&z=%20", "a.example:8080"),
      ("http://127.0.0.1:80/x/y.z", "127.0.0.1:80", "/x/y.z", "127.0.0.1"),
      ("http://[::1]:9/?a/b", "[::1]:9", "/?a/b", "[::1]:9"),
      ("http://a_b-c?x", "a_b-c", "/?x", "a_b-c"),
    ])
  func plain(url: String, authority: String, target: String, host: String) throws {
    let destination = try #require(PlainDestination(url))
    #expect(destination.authority == authority && destination.target == target)
    #expect(destination.hostLine == "Host: \(host)\r\n")
  }

  @Test(
    "is libcurl's to find out where a URL is not plain",
    arguments: [
      "", "https://a/", "HTTP://a/", "http:///x", "http://u:p@a/", "http://a:/", "http://a#b", "http://a/x#y",
      "http://a/x y",
      "http://a/./x", "http://a/../x", "http://a/.", "http://a/é", "http://a/\r\nX: y", "http://a\\b/", "http://a/x\\y",
      "http://[fe80::1%25eth0]/", "ftp://a/", "http://é/",
    ])
  func notPlain(url: String) {
    #expect(PlainDestination(url) == nil)
  }

  @Test(
    "changes with a redirect as URLs are resolved (RFC 3986, section 5.4)",
    arguments: [
      ("/g", "http://a:1/g"), ("g", "http://a:1/b/c/g"), ("g?y#z", "http://a:1/b/c/g?y"),
      ("?y", "http://a:1/b/c/d;p?y"), ("../../g", "http://a:1/g"),
      ("./g/.", "http://a:1/b/c/g/"), ("//a:1/x", "http://a:1/x"), ("http://a:1/x y", "http://a:1/x%20y"),
    ])
  func redirects(location: String, url: String) throws {
    let resolved = try #require(PlainDestination.resolve(location, from: "http://a:1/b/c/d;p?q"))
    #expect(resolved == url && PlainDestination(resolved) != nil)
  }
}
