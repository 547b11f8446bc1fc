import HostSystem
import JobBackends
import Jobs
import TestServices
import Testing

@Suite("What the service tells of itself", .sharedPlatform)
struct ServiceRouteTests {
  private struct Health: Decodable {
    struct Queue: Decodable {
      let waiting: Int
      let inFlight: Int
      let deadLetters: Int
    }

    let status: String
    let version: String
    let nowMicroseconds: Int64
    let queue: Queue
    let hosts: [HostReport]
  }

  @Test("its health, with the depth of the queue", arguments: Depth.allCases)
  func health(_ depth: Depth) throws {
    let platform = try TestPlatform.current
    let answer = try platform.send(.get("/health"), depth)
    let health = try answer.json(Health.self)
    #expect(answer.status == 200)
    #expect(health.status == "ok")
    #expect(health.version == "1.2.3")
    #expect(abs(WallClock.microseconds - health.nowMicroseconds) < 10_000_000)
    #expect(health.queue.waiting == (try platform.queue.depth().waiting))
  }

  @Test("its languages, what runs them and what may be asked for", arguments: Depth.allCases)
  func languages(_ depth: Depth) throws {
    let list = try TestPlatform.current.send(.get("/languages"), depth).json(LanguageAnswer.self)
    #expect(list.languages.map(\.name) == ["cpp", "java", "python", "javascript"])
    #expect(list.languages.map(\.title) == ["C++", "Java", "Python", "JavaScript"])
    let cpp = try #require(list.languages.first)
    #expect(cpp.compile == "g++ -std=c++20 -O2 -fmax-errors=20 {options} -o {product}/main {sources}")
    #expect(cpp.run == "{product}/main {args}")
    #expect(cpp.options.contains("-DNAME[=VALUE]") && cpp.options.contains("-std=c++23"))
    #expect(cpp.limits.wallTimeMs == LimitRange(default: 5_000, minimum: 1, maximum: 30_000))
    #expect(cpp.versions == nil && cpp.problem == nil)
    let python = list.languages[2]
    #expect(python.compile == nil && python.options.isEmpty)
    #expect(python.run == "python3 -I -B /box/{source} {args}")
  }

  @Test("its figures, in the text that Prometheus reads")
  func metrics() throws {
    let platform = try TestPlatform.current
    let java = #"rce_api_submissions_total{language="java"}"#
    let wrong = #"rce_api_http_requests_total{route="/execute",method="POST",status="400"}"#
    let before = (try platform.metric(java) ?? 0, try platform.metric(wrong) ?? 0)
    _ = try platform.send(.submit(#"{"code": "x", "language": "java"}"#))
    _ = try platform.send(.submit("{"))
    _ = try platform.send(.get("/\(UInt64.random(in: 0...UInt64.max))"))
    #expect(try platform.metric(java) == before.0 + 1)
    #expect(try platform.metric(wrong) == before.1 + 1)
    let answer = try platform.send(.get("/metrics"))
    #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    #expect(answer.text.contains(#"rce_api_build_info{version="1.2.3"} 1"#))
    #expect(answer.text.contains(#"rce_api_http_requests_total{route="other",method="GET",status="404"}"#))
    #expect(try eventually { try platform.metric(#"rce_api_queue_jobs{state="waiting"}"#) ?? 0 >= 1 })
    try checkExposition(answer.text)
  }

  /// Every line is a comment or a sample, every sample follows its own HELP and TYPE, buckets never fall.
  private func checkExposition(_ text: String) throws {
    var metric = ""
    var bucket: (series: Substring, count: Int) = ("", 0)
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# HELP ") || line.hasPrefix("# TYPE ") {
        metric = String(line.split(separator: " ")[2])
        continue
      }
      let parts = line.split(separator: " ")
      #expect(parts.count == 2 && Double(parts[1]) != nil && line.hasPrefix(metric), "\(line)")
      guard line.contains("_bucket{") else { continue }
      let series = line.prefix { $0 != "," }
      let count = try #require(Int(parts[1]))
      #expect(series != bucket.series || count >= bucket.count, "\(line)")
      bucket = (series, count)
    }
  }

  @Test("a page without script")
  func landing() throws {
    let answer = try TestPlatform.current.send(.get("/"))
    #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
    #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
    #expect(answer.text.hasPrefix("<!doctype html>"))
    #expect(!answer.text.contains("<script"))
  }

  @Test(
    "to HEAD the same as to GET, without the body",
    arguments: ["/", "/health", "/languages", "/metrics", "/openapi.yaml", "/job-status/1", "/nothing"])
  func head(path: String) throws {
    let platform = try TestPlatform.current
    let get = try platform.send(.get(path))
    let head = try platform.send(Ask(method: "HEAD", target: path))
    #expect(head.status == get.status)
    #expect(head.body.isEmpty)
    #expect(head.headers["content-type"] == get.headers["content-type"])
    #expect(head.headers["x-content-type-options"] == "nosniff")
    // The figures grow between the two.
    if path != "/metrics" { #expect(head.headers["content-length"] == get.headers["content-length"]) }
  }
}
