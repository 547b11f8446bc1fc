import AWSServices
import Testing

@Suite struct ReportLineTests {
  private static func line(_ fields: String, id: String = "8f5a") -> String {
    "REPORT RequestId: \(id)\t\(fields)\t"
  }

  @Test(arguments: [
    (395.99, 265.72, 662), (1_293.83, 1_049.63, 2_344), (1_307.68, 1_058.15, 2_366), (1_258.24, 1_002.25, 2_261),
  ])
  func `a cold invocation of a real log is read`(_ duration: Double, _ initialisation: Double, _ billed: Int) throws {
    let text = Self.line(
      "Duration: \(duration) ms\tBilled Duration: \(billed) ms\tMemory Size: 512 MB\tMax Memory Used: 301 MB\t"
        + "Init Duration: \(initialisation) ms")
    let report = try #require(ReportLine(text))
    #expect(report.durationMs == duration && report.initMs == initialisation && report.billedMs == billed)
    #expect(report.memoryMB == 512 && report.maxMemoryMB == 301 && report.isCold)
    // Lambda bills the sum, rounded up.
    #expect(Int((duration + initialisation).rounded(.up)) == billed)
  }

  @Test func `a warm invocation is not cold`() throws {
    let text = Self.line("Duration: 8.40 ms\tBilled Duration: 9 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB")
    #expect(try #require(ReportLine(text)).isCold == false)
  }

  @Test func `a restored snapshot is told from what is billed of it`() throws {
    let text = Self.line(
      "Duration: 8.40 ms\tBilled Duration: 200 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t"
        + "Billed Restore Duration: 190 ms\tRestore Duration: 180.5 ms")
    #expect(try #require(ReportLine(text)).restoreMs == 180.5)
  }

  @Test func `a status and traces after the fields are no trouble`() throws {
    let text = Self.line(
      "Duration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t"
        + "XRAY TraceId: 1-5e SegmentId: 3f Sampled: true\tStatus: timeout")
    #expect(try #require(ReportLine(text)).status == "timeout")
  }

  @Test func `a line that a program printed is not taken for the platform's`() {
    let real = Self.line("Duration: 8.40 ms\tBilled Duration: 9 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB")
    let forged = Self.line("Duration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 1 MB\tMax Memory Used: 1 MB")
    let other = Self.line(
      "Duration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: 1 MB\tMax Memory Used: 1 MB", id: "other")
    #expect(ReportLine.last(in: "\(forged)\n\(real)\n\(other)\n", of: "8f5a")?.billedMs == 9)
    #expect(ReportLine.last(in: forged, of: "absent") == nil)
  }
}

@Suite struct PlatformEventTests {
  private static func event(_ metrics: String, type: String = "platform.report", status: String = "success") -> String {
    #"{"time":"2026-11-27T12:00:00.000Z","type":"\#(type)","record":{"requestId":"8f5a","status":"\#(status)","#
      + #""metrics":{\#(metrics)}}}"#
  }

  @Test func `an invocation of a log of JSON lines is read`() throws {
    let text = Self.event(
      #""durationMs":395.99,"billedDurationMs":662.0,"memorySizeMB":512,"maxMemoryUsedMB":301,"initDurationMs":265.72"#)
    let report = try #require(ReportLine(text))
    #expect(report.requestID == "8f5a" && report.durationMs == 395.99 && report.initMs == 265.72 && report.isCold)
    #expect(report.billedMs == 662 && report.memoryMB == 512 && report.maxMemoryMB == 301 && report.status == nil)
  }

  @Test func `a restored snapshot, a timeout and a warm invocation are told`() throws {
    let plain = #""durationMs":8.4,"billedDurationMs":9,"memorySizeMB":128"#
    #expect(try #require(ReportLine(Self.event(plain))).isCold == false)
    #expect(try #require(ReportLine(Self.event(plain, status: "timeout"))).status == "timeout")
    #expect(try #require(ReportLine(Self.event(plain + #","restoreDurationMs":180.5"#))).restoreMs == 180.5)
  }

  @Test(arguments: ["{", "{}", #"{"type":"platform.report"}"#, event("", type: "platform.runtimeDone"), "INIT_START"])
  func `what is no report is none`(_ text: String) {
    #expect(ReportLine(text) == nil)
  }

  @Test func `the start of an environment is found in text and in JSON`() {
    #expect(InitStartLine.matches("INIT_START Runtime Version: provided:al2023.v1\tRuntime Version ARN: arn:aws"))
    #expect(InitStartLine.matches(#"{"type":"platform.initStart","record":{"initializationType":"on-demand"}}"#))
    #expect(!InitStartLine.matches(Self.event("")) && !InitStartLine.matches("START RequestId: 8f5a"))
  }

  @Test func `an initialisation of more than ten seconds has no field of its own`() throws {
    let text =
      "REPORT RequestId: 8f5a\tDuration: 12079.53 ms\tBilled Duration: 12080 ms\tMemory Size: 512 MB\t"
      + "Max Memory Used: 301 MB\t"
    let report = try #require(ReportLine(text))
    #expect(report.billedMs == 12_080 && !report.isCold)
  }
}
