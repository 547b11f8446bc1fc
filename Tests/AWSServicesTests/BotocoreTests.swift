import AWSServices
import TestServices
import Testing

/// The signer against botocore's, which AWS's own tools use, for requests of the kinds that are sent here.
@Suite struct BotocoreTests {
  private struct Case: Sendable {
    var service: String
    var host: String
    var request: AWSRequest
    var token: String?
  }

  private static let cases = [
    Case(
      service: "sqs", host: "sqs.eu-central-1.amazonaws.com",
      request: AWSRequest(
        headers: [
          (name: "content-type", value: "application/x-amz-json-1.0"),
          (name: "x-amz-target", value: "AmazonSQS.SendMessage"),
        ], body: Array("{\"MessageBody\":\"ü 😀\"}".utf8)), token: "a/session+token=="),
    Case(
      service: "s3", host: "127.0.0.1:5000",
      request: AWSRequest(
        method: "PUT", path: "/code/jobs/odd +&=?%#ü~*'()", headers: [(name: "content-type", value: "text/plain")],
        body: [0, 255, 10])),
    Case(
      service: "s3", host: "code.s3.amazonaws.com",
      request: AWSRequest(
        method: "GET", path: "/",
        query: [(name: "prefix", value: "jobs/ü"), (name: "list-type", value: "2"), (name: "a b", value: "")])),
    Case(
      service: "lambda", host: "lambda.eu-central-1.amazonaws.com",
      request: AWSRequest(
        path: "/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:executor:live/invocations",
        headers: [(name: "x-amz-invocation-type", value: "RequestResponse"), (name: "x-amz-log-type", value: "Tail")],
        body: Array("{}".utf8)), token: "token"),
  ]

  private static let script = """
    import sys, json
    from botocore.auth import SigV4Auth, S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    import botocore.auth, datetime
    class Fixed(datetime.datetime):
        @classmethod
        def utcnow(cls): return cls(2026, 1, 2, 3, 4, 5)
        @classmethod
        def now(cls, tz=None): return cls(2026, 1, 2, 3, 4, 5, tzinfo=tz)
    botocore.auth.datetime = type('m', (), {'datetime': Fixed, 'timezone': datetime.timezone})
    if hasattr(botocore.auth, 'get_current_datetime'):
        botocore.auth.get_current_datetime = lambda remove_tzinfo=True: Fixed.utcnow()
    service, method, url, token, headers, body = sys.argv[1:7]
    request = AWSRequest(method=method, url=url, headers=json.loads(headers), data=bytes.fromhex(body))
    if service == 's3': request.context['payload_signing_enabled'] = True
    auth = (S3SigV4Auth if service == 's3' else SigV4Auth)(Credentials('AKID', 'secret/key+', token or None), service, 'eu-central-1')
    auth.add_auth(request)
    with open(sys.argv[7], 'w') as out: out.write(request.headers['Authorization'])
    """

  @Test(arguments: cases.indices)
  func `signs as botocore does`(_ index: Int) throws {
    let example = Self.cases[index]
    let query = example.request.sentQuery
    let url = "https://\(example.host)\(example.request.sentPath)\(query.isEmpty ? "" : "?\(query)")"
    let headers = example.request.headers.map { "\"\($0.name)\":\"\($0.value)\"" }.joined(separator: ",")
    let hexadecimal = example.request.body.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0\(text)" : text
    }.joined()
    let theirs = try MotoServer.python(
      Self.script, [example.service, example.request.method, url, example.token ?? "", "{\(headers)}", hexadecimal])
    let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret/key+", sessionToken: example.token)
    let ours = SignatureV4(credentials, region: "eu-central-1", service: example.service)
      .headers(for: example.request, host: example.host, at: 1_767_323_045).last?.value
    #expect(ours == theirs)
  }
}
