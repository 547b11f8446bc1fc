import LoadGeneration
import RunRecords
import Scenarios
import TestServices
import Testing

@Suite("A run over TLS", .serialized)
struct TLSTests {
  private let certificates: Certificates

  init() throws { certificates = try Certificates() }

  private func run(
    _ tls: TLSSettings, version: HTTPVersion = .automatic, host: String = "127.0.0.1", resolves: Bool = false,
    protocols: String = "h2,http/1.1", asksForClient: Bool = false
  ) throws -> TestRun {
    let platform = try TestPlatform()
    defer { platform.stop() }
    let proxy = try TLSProxy(
      backend: platform.port, certificates, protocols: protocols, asksForClient: asksForClient)
    defer { proxy.stop() }
    let url = "https://\(host):\(proxy.port)"
    let target = TargetSpecification(
      place: .url(url),
      http: HTTPSettings(
        connectTimeout: .seconds(10), version: version, tls: tls,
        resolve: resolves ? ["\(host):\(proxy.port):127.0.0.1"] : []))
    return try TestRun(
      TestRun.plan(.closed(concurrency: 4, until: .jobs(20)), polling: .fixed(interval: .milliseconds(10))), url,
      target: target)
  }

  private var trusting: TLSSettings { TLSSettings(caFile: certificates["ca.pem"]) }

  @Test("by HTTP/2 where the server offers it, and by HTTP/1.1 where it does not or the scenario says so")
  func versions() throws {
    for (version, protocols) in [
      (HTTPVersion.automatic, "h2,http/1.1"), (.http2, "h2"), (.http1, "h2,http/1.1"), (.automatic, "http/1.1"),
    ] {
      let run = try run(trusting, version: version, protocols: protocols)
      #expect(run[.succeeded] == 20, "\(version) \(protocols) \(run.records)")
      #expect(run.records.allSatisfy { $0.t2 ?? 0 > 0 && $0.t3 ?? 0 >= $0.t2 ?? 0 })
    }
    let error = #expect(throws: TargetError.self) { try run(trusting, version: .http2, protocols: "http/1.1") }
    #expect(
      error?.description.hasSuffix("does not speak HTTP/2: it chose HTTP/1.1; set target.http.version to auto") == true)
  }

  @Test("is refused where the certificate is nobody's that is trusted, unless the scenario switches that off")
  func verification() throws {
    let error = #expect(throws: TargetError.self) { try run(TLSSettings()) }
    let text = error?.description ?? ""
    #expect(text.contains("/health: TLS failed (SSL certificate problem: ") && text.contains("ca_file"), "\(text)")
    #expect(try run(TLSSettings(verifies: false))[.succeeded] == 20)
  }

  @Test("takes the name's address from the scenario, and refuses a certificate of another name")
  func names() throws {
    #expect(try run(trusting, host: "rce.test", resolves: true)[.succeeded] == 20)
    let error = #expect(throws: TargetError.self) { try run(trusting, host: "other.test", resolves: true) }
    #expect(error?.description.contains("TLS failed (SSL: no alternative certificate subject name matches") == true)
  }

  @Test("shows its certificate where the server asks for one, and says what may be missing where it has none")
  func mutual() throws {
    var tls = trusting
    tls.clientCertificate = certificates["client.pem"]
    tls.clientKey = certificates["client.key"]
    for version in [HTTPVersion.http1, .http2] {
      #expect(try run(tls, version: version, asksForClient: true)[.succeeded] == 20)
    }
    let error = #expect(throws: TargetError.self) { try run(trusting, asksForClient: true) }
    #expect(error?.description.contains("client_cert") == true, "\(error?.description ?? "")")
    tls.clientKey = certificates["server.key"]
    let wrong = #expect(throws: TargetError.self) { try run(tls, asksForClient: true) }
    #expect(wrong?.description.contains("TLS failed") == true, "\(wrong?.description ?? "")")
  }
}
