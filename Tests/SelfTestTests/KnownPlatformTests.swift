import SelfTest
import Testing

@Suite struct KnownPlatformTests {
  private func text(_ action: PlatformAction?) -> String {
    if case .write(_, let bytes, _) = action { String(decoding: bytes, as: UTF8.self) } else { "" }
  }

  private func submission(_ fault: PlatformFault) -> PlatformRequest {
    PlatformRequest(call: "POST /execute", code: fault.rawValue)
  }

  private let read = PlatformRequest(call: "GET /job-status/job-0", wait: 20)

  @Test("a read is held until the job's end, which is noted")
  func held() {
    var platform = KnownPlatform(PlatformBehaviour(service: { _ in 1_000 }))
    #expect(
      text(platform.receive(submission(.none), from: 4, at: 100).first).contains(
        #""jobId":"job-0""#))
    #expect(platform.receive(read, from: 4, at: 200).isEmpty)
    #expect(platform.nextDue == 1_100)
    #expect(platform.advance(to: 1_099).isEmpty)
    #expect(text(platform.advance(to: 1_150).first).contains("completed"))
    #expect(platform.log.jobs["job-0"]?.answered == 1_150)
  }

  @Test("a read of a client that has gone is not answered")
  func gone() {
    var platform = KnownPlatform(PlatformBehaviour(service: { _ in 1_000 }))
    _ = platform.receive(submission(.none), from: 4, at: 0)
    _ = platform.receive(read, from: 4, at: 0)
    platform.closed(4)
    #expect(platform.advance(to: 2_000).isEmpty)
  }

  @Test("nothing is answered in a freeze, and all of it at its end")
  func frozen() {
    var platform = KnownPlatform(PlatformBehaviour(frozen: 10..<50))
    #expect(platform.receive(submission(.none), from: 4, at: 1_000).count == 1)
    #expect(platform.receive(submission(.none), from: 4, at: 1_010).isEmpty)
    #expect(platform.receive(submission(.none), from: 5, at: 1_049).isEmpty)
    #expect(platform.advance(to: 1_049).isEmpty)
    #expect(platform.advance(to: 1_050).count == 2)
    #expect(platform.log.submissions == [1_000, 1_010, 1_049])
  }

  @Test("a job that is to be refused once is accepted when it comes again")
  func refused() {
    var platform = KnownPlatform(PlatformBehaviour())
    let answers = ["refused-once#0", "refused-once#1", "refused-once#0"].map { code in
      text(platform.receive(PlatformRequest(call: "POST /execute", code: code), from: 4, at: 0).first)
    }
    #expect(answers.map { $0.contains("429") } == [true, true, false])
    #expect(answers[0].contains("Retry-After: 1"))
  }

  @Test("a duplicate gets the id of the twin before it")
  func duplicate() {
    var platform = KnownPlatform(PlatformBehaviour())
    let twin = text(platform.receive(submission(.twin), from: 4, at: 0).first)
    #expect(text(platform.receive(submission(.duplicateID), from: 4, at: 1).first) == twin)
    #expect(platform.log.jobs.count == 1)
  }

  @Test("what is to be cut short is shorter than it says, and the connection is closed")
  func truncated() throws {
    var platform = KnownPlatform(PlatformBehaviour())
    let action = platform.receive(submission(.truncatedSubmission), from: 4, at: 0).first
    guard case .write(_, let bytes, let isClosing) = action else { throw WrongAction() }
    let parts = String(decoding: bytes, as: UTF8.self).components("\r\n\r\n")
    #expect(isClosing && parts.count == 2)
    #expect(!parts[0].contains("Content-Length: \(parts[1].utf8.count)"))
  }

  @Test("a job that is lost was accepted; one that is reset was not")
  func lost() {
    var platform = KnownPlatform(PlatformBehaviour())
    #expect(text(platform.receive(submission(.lost), from: 4, at: 0).first).contains("202"))
    #expect(text(platform.receive(read, from: 4, at: 1).first).contains("404"))
    #expect(
      platform.receive(submission(.resetSubmission), from: 4, at: 2) == [.reset(connection: 4)])
  }

  @Test("requests are taken off their bytes one by one, and only when they are whole")
  func requests() {
    let whole =
      "POST /execute HTTP/1.1\r\nHost: a\r\nContent-Length: 31\r\n\r\n{\"code\":\"lost\",\"language\":\"py\"}"
      + "GET /job-status/job-7?wait=20 HTTP/1.1\r\n\r\n"
    var bytes = Array(whole.utf8)
    var partial = Array(bytes.prefix(80))
    #expect(PlatformRequest.take(from: &partial) == nil && partial.count == 80)
    #expect(
      PlatformRequest.take(from: &bytes) == PlatformRequest(call: "POST /execute", code: "lost"))
    #expect(
      PlatformRequest.take(from: &bytes) == PlatformRequest(call: "GET /job-status/job-7", wait: 20)
    )
    #expect(PlatformRequest.take(from: &bytes) == nil && bytes.isEmpty)
  }
}

private struct WrongAction: Error {}

extension String {
  fileprivate func components(_ separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
