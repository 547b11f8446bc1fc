import AWSServices
import FoundationEssentials
import Glibc
import HostSystem
import TestServices
import Testing

/// Credentials from the endpoints of containers and instances, which a real local server stands for.
@Suite struct CredentialEndpointTests {
  /// What such an endpoint hands out, good for so many seconds.
  private static func keys(_ id: String, for seconds: Double = 3_600) -> String {
    let end = Date(timeIntervalSince1970: Double(WallClock.milliseconds / 1_000) + seconds).formatted(.iso8601)
    return """
      {"AccessKeyId":"\(id)","SecretAccessKey":"secret-\(id)","Token":"token-\(id)","Expiration":"\(end)",\
      "RoleArn":"arn:aws:iam::123456789012:role/task"}
      """
  }

  private static func credentials(_ id: String) -> AWSCredentials {
    AWSCredentials(accessKeyID: id, secretAccessKey: "secret-\(id)", sessionToken: "token-\(id)")
  }

  private static func source(_ variables: [String: String], containerBase: String? = nil) -> AWSCredentialSource {
    let environment = ["HOME": "/nowhere", "AWS_EC2_METADATA_DISABLED": "true"].merging(variables) { $1 }
    guard let containerBase else { return AWSCredentialSource(environment: environment) }
    return AWSCredentialSource(environment: environment, containerBase: containerBase)
  }

  @Test func `a container's endpoint is asked once, by either variable, with the token`() throws {
    let server = try StandInServer { request, _ in
      request.header("authorization") == "Basic abc" ? (200, Self.keys("AKIDTASK"), []) : (403, "", [])
    }
    let token = ["AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic abc"]
    let relative = token.merging(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/7"]) { $1 }
    let full = token.merging(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/get-credentials"]) { $1 }
    for variables in [relative, full] {
      let source = Self.source(variables, containerBase: server.url)
      for _ in 0..<3 { #expect(try source.current() == Self.credentials("AKIDTASK")) }
    }
    #expect(server.requests.map(\.path) == ["/v2/credentials/7", "/get-credentials"])
    let refused = #expect(throws: AWSError.self) {
      try Self.source(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url]).current()
    }
    #expect(refused?.description.contains("answered 403; check the task's role and its token") == true)
  }

  @Test func `a token in a file is read anew`() throws {
    let server = try StandInServer { request, _ in
      (200, Self.keys(request.header("authorization") ?? "none", for: 60), [])
    }
    let directory = try TemporaryDirectory(named: "rce-token")
    let path = "\(directory.path)/token"
    let variables = [
      "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": path,
    ]
    let source = Self.source(variables)
    #expect(throws: AWSError.self) { try source.current() }
    for token in ["first", "second"] {
      try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC).writeAll("\(token)\n")
      #expect(try source.current() == Self.credentials(token))
    }
  }

  @Test(arguments: ["http://example.com/keys", "http://127.example.com/", "http://user@127.0.0.1/", "ftp://127.0.0.1/"])
  func `a token is sent to no other machine without TLS`(_ url: String) throws {
    let variables = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "abc"]
    let error = #expect(throws: AWSError.self) { try Self.source(variables).current() }
    #expect(error?.description.contains("AWS_CONTAINER_CREDENTIALS_FULL_URI") == true)
  }

  @Test func `an instance's role is asked for with a token that was fetched first`() throws {
    let server = try StandInServer { request, _ in
      switch (request.method, request.path, request.header("x-aws-ec2-metadata-token")) {
      case ("PUT", "/latest/api/token", _):
        request.header("x-aws-ec2-metadata-token-ttl-seconds") == nil ? (400, "", []) : (200, "t0ken", [])
      case ("GET", "/latest/meta-data/iam/security-credentials/", "t0ken"): (200, "bench\n", [])
      case ("GET", "/latest/meta-data/iam/security-credentials/bench", "t0ken"): (200, Self.keys("AKIDHOST"), [])
      default: (401, "", [])
      }
    }
    let place = ["AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url]
    #expect(try Self.source(place).current() == Self.credentials("AKIDHOST"))
    #expect(server.requests.count == 3)
  }

  @Test func `an instance without a role says so`() throws {
    let server = try StandInServer { request, _ in request.method == "PUT" ? (200, "t", []) : (404, "", []) }
    let place = ["AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url]
    let error = #expect(throws: AWSError.self) { try Self.source(place).current() }
    #expect(error?.description == "this instance has no role with credentials")
  }

  @Test func `what ends soon is fetched anew, and kept while the endpoint is out of order`() throws {
    let server = try StandInServer { _, number in
      number == 0 ? (200, Self.keys("AKID0", for: 200), []) : (500, "", [])
    }
    let source = Self.source(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
    #expect(try source.current() == Self.credentials("AKID0"))
    #expect(try source.current() == Self.credentials("AKID0"), "they end in less than five minutes, but not yet")
    #expect(server.requests.count == 3, "one, and one that was repeated")
  }

  @Test(arguments: ["", "{}", "<html>", #"{"AccessKeyId":"A"}"#])
  func `an answer that holds none is told`(_ body: String) throws {
    let server = try StandInServer { _, _ in (200, body, []) }
    let source = Self.source(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
    let error = #expect(throws: AWSError.self) { try source.current() }
    #expect(error?.kind == .unreadable)
  }

  @Test func `an endpoint that is gone is told`() throws {
    let port = try LoopbackPort.free()
    let error = #expect(throws: AWSError.self) {
      try Self.source(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:\(port)/"]).current()
    }
    #expect(error?.description == "the container's endpoint of credentials does not answer")
  }
}
