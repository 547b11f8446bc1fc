import AWSServices
import Testing

/// Vectors of AWS's published test suite (aws-sig-v4-test-suite) and of the S3 documentation.
@Suite struct SignatureV4Tests {
  private static let suite = AWSCredentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

  private func signature(_ request: AWSRequest) -> String? {
    SignatureV4(Self.suite, region: "us-east-1", service: "service")
      .headers(for: request, host: "example.amazonaws.com", at: 1_440_938_160).last?.value
      .split(separator: "=").last.map(String.init)
  }

  @Test func `a plain GET is signed as published`() {
    #expect(
      signature(AWSRequest(method: "GET")) == "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
  }

  @Test func `a plain POST is signed as published`() {
    #expect(
      signature(AWSRequest(method: "POST")) == "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")
  }

  @Test func `the query is sorted and signed as published`() {
    let request = AWSRequest(
      method: "GET", query: [(name: "Param2", value: "value2"), (name: "Param1", value: "value1")])
    #expect(signature(request) == "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")
  }

  @Test func `an object is read from S3 as documented`() {
    let credentials = AWSCredentials(
      accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    let request = AWSRequest(
      method: "GET", path: "/test.txt", headers: [(name: "Range", value: "bytes=0-9")])
    let value = SignatureV4(credentials, region: "us-east-1", service: "s3")
      .headers(for: request, host: "examplebucket.s3.amazonaws.com", at: 1_369_353_600).last?.value
    #expect(value?.hasSuffix("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41") == true)
  }

  @Test func `no text shows a secret`() {
    let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: "hidden-one", sessionToken: "hidden-two")
    var dumped = ""
    dump(credentials, to: &dumped)
    #expect(!"\(credentials) \(String(reflecting: credentials)) \(dumped)".contains("hidden"))
  }
}
