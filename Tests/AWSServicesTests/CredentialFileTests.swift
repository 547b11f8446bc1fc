import AWSServices
import Glibc
import HostSystem
import TestServices
import Testing

/// Where credentials are found on a machine of one's own.
@Suite struct CredentialFileTests {
  private let home: TemporaryDirectory

  private static let text = """
    # made by hand
    [default]
    aws_access_key_id = AKIDDEFAULT
    aws_secret_access_key=s3cret/of+default=

    [ work ]
      AWS_ACCESS_KEY_ID = AKIDWORK
      aws_secret_access_key = s3cret/of+work
      ; a note
      aws_session_token = tok=en==
    [empty]
    region = eu-west-1
    [half]
    aws_access_key_id = AKIDHALF
    aws_secret_access_key =
    """

  init() throws {
    home = try TemporaryDirectory(named: "rce-home")
    mkdir("\(home.path)/.aws", 0o700)
    try Self.write(Self.text, to: "\(home.path)/.aws/credentials")
  }

  private static func write(_ text: String, to path: String) throws {
    try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600).writeAll(text)
  }

  private func source(_ variables: [String: String]) -> AWSCredentialSource {
    let base = ["HOME": home.path, "AWS_EC2_METADATA_DISABLED": "true"]
    return AWSCredentialSource(environment: base.merging(variables) { $1 })
  }

  @Test func `the environment goes before the file, and an empty variable is none`() throws {
    let keys = ["AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "env", "AWS_PROFILE": "work"]
    #expect(try source(keys).current() == AWSCredentials(accessKeyID: "AKIDENV", secretAccessKey: "env"))
    let empty = ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_PROFILE": ""]
    #expect(try source(empty).current().accessKeyID == "AKIDDEFAULT")
  }

  @Test func `half of a pair is an error that names the other half`() throws {
    let error = #expect(throws: AWSError.self) { try source(["AWS_ACCESS_KEY_ID": "AKIDENV"]).current() }
    #expect(error?.kind == .credentials && error?.description.hasPrefix("AWS_SECRET_ACCESS_KEY is not set") == true)
  }

  @Test func `profiles are read with their tokens, notes and spaces`() throws {
    #expect(
      try source([:]).current()
        == AWSCredentials(accessKeyID: "AKIDDEFAULT", secretAccessKey: "s3cret/of+default="))
    #expect(
      try source(["AWS_PROFILE": "work"]).current()
        == AWSCredentials(accessKeyID: "AKIDWORK", secretAccessKey: "s3cret/of+work", sessionToken: "tok=en=="))
  }

  @Test func `the file is where AWS_SHARED_CREDENTIALS_FILE says`() throws {
    let path = "\(home.path)/elsewhere"
    try Self.write("[default]\r\naws_access_key_id=AKIDELSE\r\naws_secret_access_key=x\r\n", to: path)
    #expect(
      try source(["AWS_SHARED_CREDENTIALS_FILE": path]).current()
        == AWSCredentials(accessKeyID: "AKIDELSE", secretAccessKey: "x"))
  }

  @Test(arguments: [
    ("absent", "has no profile absent; it has default, work, empty, half"),
    ("empty", "for the profile empty; of a profile that logs in"),
    ("half", "for the profile half"),
  ])
  func `a profile that does not do is told`(_ profile: String, _ words: String) throws {
    let error = #expect(throws: AWSError.self) { try source(["AWS_PROFILE": profile]).current() }
    #expect(error?.kind == .credentials && error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("s3cret") == false)
  }

  @Test func `no credentials anywhere are told with what to set`() throws {
    let variables = ["HOME": "/nowhere", "AWS_EC2_METADATA_DISABLED": "TRUE"]
    let error = #expect(throws: AWSError.self) { try AWSCredentialSource(environment: variables).current() }
    #expect(error?.kind == .credentials && error?.description.hasPrefix("no AWS credentials: set AWS_ACCESS") == true)
    let named = #expect(throws: AWSError.self) {
      try AWSCredentialSource(environment: ["HOME": "/nowhere", "AWS_PROFILE": "work"]).current()
    }
    #expect(named?.description == "AWS_PROFILE is work, but /nowhere/.aws/credentials cannot be read")
  }
}
