import FoundationEssentials
import Jobs
import Testing

@Suite("Job values")
struct JobValueTests {
  @Test("a new job id is a version 4 UUID and differs from the next")
  func newID() {
    let id = JobID().description
    let characters = Array(id)
    #expect(id.utf8.count == 36)
    #expect(characters[14] == "4")
    #expect("89ab".contains(characters[19]))
    #expect(JobID(id)?.description == id)
    #expect(JobID().description != id)
  }

  @Test(
    "a text that is not a UUID is no job id",
    arguments: [
      "", "x", "3d8e6b1c-7c0f-4f0a-9f1e-2b7f5a0c9d1", "../../../../../../../../etc/passwd/../x",
      "3d8e6b1c+7c0f-4f0a-9f1e-2b7f5a0c9d11",
    ])
  func badID(text: String) {
    #expect(JobID(text) == nil)
  }

  @Test(
    "bytes survive JSON exactly, as text where they are UTF-8 and as base64 where not",
    arguments: [
      [UInt8]("héllo\n\u{0}".utf8), [0xff, 0xfe, 0x00], [],
    ])
  func captured(bytes: [UInt8]) throws {
    let json = try JSONEncoder().encode([CapturedOutput(bytes)])
    #expect(try JSONDecoder().decode([CapturedOutput].self, from: json) == [CapturedOutput(bytes)])
    #expect(String(decoding: json, as: UTF8.self).contains("base64") == (bytes.first == 0xff))
  }

  @Test(
    "a result is stdout without its last newline only",
    arguments: [
      ("a\n", "a"), ("a\n\n", "a\n"), ("a", "a"), ("a\r\n", "a"), ("", ""), ("\n", ""),
    ])
  func result(stdout: String, expected: String) {
    let details = ExecutionDetails(stdout: CapturedOutput(Array(stdout.utf8)))
    #expect(ExecutionResult(details: details, compiledAt: 0, finishedAt: 0).result == expected)
  }

  @Test("a status that gives only the documented fields is understood")
  func minimalStatus() throws {
    let json = Data(#"{"status": "completed", "result": "Hello, World!", "timestamp": 1640995200000}"#.utf8)
    let status = try JSONDecoder().decode(JobStatus.self, from: json)
    #expect(status == JobStatus(jobId: nil, status: .completed, result: "Hello, World!", timestamp: 1_640_995_200_000))
  }

  @Test("a request's limits replace the defaults one by one")
  func limits() {
    let limits = ResourceLimits().applying(RequestedLimits(memoryMB: 64))
    #expect(limits.memoryMB == 64)
    #expect(limits.wallTimeMs == ResourceLimits().wallTimeMs)
  }
}
