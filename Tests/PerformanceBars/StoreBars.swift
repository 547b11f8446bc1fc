import BarReporting
import CLinux
import Glibc
import HostSystem
import LoadGeneration
import RunRecords
import StackControl

/// What storing and reporting a run of many jobs costs: time and the most memory, each in a process of its own.
func storeBars(jobs count: Int) throws -> [Bar] {
  let folder = "/tmp/rce-bench-store-bar-\(getpid())"
  defer { _ = try? Folders.remove(folder) }
  let writing = try seconds { try write(count, to: folder) }
  let report = try MeasuredProgram(ProgramLocation().own("rce-bench"), ["report", folder])
  let page = try size("\(folder)/report.html")
  return [
    Bar(
      name: "report of \(count) stored jobs", figure: report.seconds, bound: .under(10), unit: "s",
      detail: "rce-bench report; user and system CPU \(rounded(report.cpuSeconds)) s"),
    Bar(
      name: "most memory of that report", figure: report.megabytes, bound: .under(300), unit: "MB",
      detail: "largest resident set (getrusage)"),
    Bar(
      name: "size of report.html", figure: Double(page) / 1e6, bound: .under(1), unit: "MB",
      detail: "run.sqlite has \(rounded(Double(try size("\(folder)/run.sqlite")) / 1e6)) MB"),
    Bar(
      name: "storing a job", figure: writing / Double(count) * 1e6, bound: .under(50), unit: "us",
      detail: "making it, batches of 1,000, and the end of the run with its histograms"),
  ]
}

/// By how much the recorder of a run grows from the tenth minute of an hour to its end; the clock is that of made jobs.
func hourBar() throws -> Bar {
  let folder = "/tmp/rce-bench-hour-bar-\(getpid())"
  defer { _ = try? Folders.remove(folder) }
  var jobs = SyntheticJobs(count: 360_000, perSecond: 100)
  var pace = PaceRecord()
  let writer = try RunWriter(creating: folder, info: jobs.info)
  var early = 0
  for start in stride(from: 0, to: jobs.count, by: 100) {
    let batch = (start..<(start + 100)).map { jobs.next($0) }
    for job in batch { pace.add(job) }
    try writer.append(batch)
    if start == 60_000 { early = try residentBytes() }
  }
  let growth = try residentBytes() - early
  try writer.finish(jobs.info, samples: pace.samples(with: []))
  return Bar(
    name: "growth of a recorder over an hour", figure: Double(growth) / 1e6, bound: .under(16), unit: "MB",
    detail: "360,000 jobs at 100/s of made time; resident memory from the tenth minute to the sixtieth")
}

/// Resident memory of this process (proc(5), statm).
private func residentBytes() throws -> Int {
  let bytes = try FileDescriptor.open("/proc/self/statm", O_RDONLY).readAll()
  let pages = String(decoding: bytes, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
  return (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
}

private func write(_ count: Int, to folder: String) throws {
  var jobs = SyntheticJobs(count: count)
  let writer = try RunWriter(creating: folder, info: jobs.info)
  for start in stride(from: 0, to: count, by: 1_000) {
    try writer.append((start..<min(count, start + 1_000)).map { jobs.next($0) })
  }
  try writer.finish(jobs.info)
}

private func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = MonotonicInstant.now
  try body()
  return Double(MonotonicInstant.now - start) / 1e9
}

private func size(_ path: String) throws -> Int {
  var status = stat()
  guard stat(path, &status) == 0 else { throw SystemCallError("stat", path, code: errno) }
  return Int(status.st_size)
}

private enum Folders {
  static func remove(_ folder: String) throws {
    for name in ["run.sqlite", "report.html", "summary.json", "summary.md", "junit.xml"] { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}

/// A program that ran to its end, and what it took.
private struct MeasuredProgram {
  let seconds: Double
  let cpuSeconds: Double
  let megabytes: Double

  init(_ path: String, _ arguments: [String]) throws {
    let start = MonotonicInstant.now
    let child = try ChildProcess(ProcessRequest(path, arguments, environment: ["PATH=/usr/bin:/bin"]))
    let (end, usage) = try child.wait()
    // 3 and 5 are verdicts on the run, and the report was written.
    guard [.exited(0), .exited(3), .exited(5)].contains(end) else {
      throw StackError(.failed, "\(path) ended with \(end)")
    }
    seconds = Double(MonotonicInstant.now - start) / 1e9
    megabytes = Double(usage.ru_maxrss) * 1_024 / 1e6
    cpuSeconds = Double(usage.cpuNanoseconds) / 1e9
  }
}
