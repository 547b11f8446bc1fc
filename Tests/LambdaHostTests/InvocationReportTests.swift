import Glibc
import LambdaHost
import Testing

@Suite("A REPORT line")
struct InvocationReportTests {
  private static func nanoseconds(_ milliseconds: Double) -> Int64 { Int64((milliseconds * 1_000_000).rounded()) }

  @Test(
    "bills what Lambda billed in lines that it really wrote",
    arguments: [
      (395.99, 265.72, 662), (1_293.83, 1_049.63, 2_344), (1_307.68, 1_058.15, 2_366), (1_258.24, 1_002.25, 2_261),
      (8.40, nil, 9), (12_079.53, nil, 12_080), (3.0, nil, 3), (0.0, nil, 1),
    ])
  func billed(duration: Double, initDuration: Double?, billed: Int) {
    let report = InvocationReport(
      requestId: "", duration: Self.nanoseconds(duration), initDuration: initDuration.map { Self.nanoseconds($0) },
      memoryMB: 512, maxMemoryUsedMB: 301)
    #expect(report.billedMilliseconds == billed)
  }

  @Test("tells the initialisation of a provisioned environment and does not bill it")
  func provisioned() {
    var report = InvocationReport(
      requestId: "", duration: 8_400_000, initDuration: 265_720_000, memoryMB: 512, maxMemoryUsedMB: 1)
    report.isInitBilled = false
    #expect(report.billedMilliseconds == 9)
    #expect(report.line.hasSuffix("\tInit Duration: 265.72 ms\t"))
  }

  @Test("has Lambda's fields, tabs and last tab")
  func coldLine() {
    let report = InvocationReport(
      requestId: "8f5a0c1e", duration: 395_990_000, initDuration: 265_720_000, memoryMB: 512, maxMemoryUsedMB: 301)
    #expect(
      report.line
        == "REPORT RequestId: 8f5a0c1e\tDuration: 395.99 ms\tBilled Duration: 662 ms\tMemory Size: 512 MB\t"
        + "Max Memory Used: 301 MB\tInit Duration: 265.72 ms\t")
    #expect(InvocationReport.startLine("8f5a0c1e") == "START RequestId: 8f5a0c1e Version: $LATEST")
    #expect(report.endLine == "END RequestId: 8f5a0c1e")
  }

  @Test(
    "rounds to the nearest hundredth of a millisecond",
    arguments: [(8_404_999, "8.40"), (8_405_000, "8.41"), (5_000, "0.01"), (4_999, "0.00"), (-7, "0.00")])
  func rounding(nanoseconds: Int64, text: String) {
    let report = InvocationReport(requestId: "", duration: nanoseconds, memoryMB: 128, maxMemoryUsedMB: 1)
    #expect(report.line.contains("\tDuration: \(text) ms\t"))
  }

  @Test("says how an invocation without an answer ended")
  func status() {
    var report = InvocationReport(
      requestId: "a", duration: 30_001_000_000, memoryMB: 128, maxMemoryUsedMB: 30, status: .timeout)
    #expect(report.line.hasSuffix("\tMax Memory Used: 30 MB\tStatus: timeout"))
    #expect(report.timeoutLine == "RequestId: a Error: Task timed out after 30.00 seconds")
    report.status = .error(type: "Runtime.ExitError")
    #expect(report.line.hasSuffix("\tStatus: error\tError Type: Runtime.ExitError"))
  }

  @Test("of an environment that did not become ready is Lambda's INIT_REPORT")
  func initLine() {
    #expect(
      InvocationReport.initLine(duration: 150_790_000, status: .error(type: "Runtime.ExitError"))
        == "INIT_REPORT Init Duration: 150.79 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError")
    #expect(
      InvocationReport.initLine(duration: 48_000_000, isWithinInvocation: true, status: .timeout)
        == "INIT_REPORT Init Duration: 48.00 ms\tPhase: invoke\tStatus: timeout")
    #expect(InvocationReport.initLine(duration: 48_000_000) == "INIT_REPORT Init Duration: 48.00 ms\tPhase: init")
    #expect(
      InvocationReport.initLine(duration: 9_999_790_000, status: .timeout)
        == "INIT_REPORT Init Duration: 9999.79 ms\tPhase: init\tStatus: timeout")
  }
}

@Suite("Memory use")
struct MemoryUseTests {
  @Test(
    "is the executor's and the largest program's high-water mark, rounded up and cut at what is configured",
    arguments: [(0, 0, 0), (1, 0, 1), (20 << 20, 30 << 20, 50), (20 << 20, (30 << 20) + 1, 51), (1 << 30, 0, 512)])
  func sum(executor: Int, program: Int, mebibytes: Int) {
    #expect(
      MemoryUse.mebibytes(executorBytes: executor, largestProgramBytes: program, memoryMB: 512) == mebibytes)
  }

  @Test("reads the high-water mark in the kernel's own words, and of this process")
  func highWaterMark() throws {
    #expect(MemoryUse.highWaterMark(status: "Name:\tx\nVmPeak:\t 9 kB\nVmHWM:\t   12345 kB\n") == 12_345 << 10)
    #expect(MemoryUse.highWaterMark(status: "Name:\tx\n") == nil)
    #expect(try #require(MemoryUse.highWaterMark(of: getpid())) > 1 << 20)
    #expect(MemoryUse.highWaterMark(of: 999_999_999) == nil)
  }
}
