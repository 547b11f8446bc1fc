public import ArgumentParser
import FoundationEssentials
import Glibc
import HostSystem
import Reporting
public import RunRecords

/// `rce-bench export`: a stored run for other tools.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a stored run as CSV, JSON lines, HdrHistogram percentiles or Prometheus text.",
    discussion: """
      csv and jsonl hold every job with all its instants, in the order in which
      they ended; hgrm one series (e2e unless --series names another) and
      prometheus all of them, over recorded jobs. See reports/README.md.

        rce-bench export latest --format csv --output jobs.csv
        rce-bench export latest --format hgrm --series queue_wait
      """)

  @Argument(help: .storedRun, completion: .runs)
  var argument: String

  @Option(help: "csv, jsonl, hgrm or prometheus.")
  var format: RunExport.Format

  @Option(help: "The series of hgrm and prometheus; may be given several times.")
  var series: [Series] = []

  @Option(help: ArgumentHelp("Write to a file, whole or not at all, instead of standard output.", valueName: "file"))
  var output: String?

  func run() throws {
    let export = try RunExport(
      folder: RunLocation().folder(of: argument), format: format, series: series,
      pricing: { info in RecordPricing(info).dollars(of:) })
    guard let output else { return try Self.write(export, to: STDOUT_FILENO, name: "standard output") }
    // Beside the file, so that it can take its place in one step.
    let draft = "\(output).\(getpid()).part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemCallError("open", draft, code: errno) }
    defer {
      close(descriptor)
      unlink(draft)
    }
    try Self.write(export, to: descriptor, name: output)
    guard rename(draft, output) == 0 else { throw SystemCallError("rename", output, code: errno) }
  }

  private static func write(_ export: RunExport, to descriptor: Int32, name: String) throws {
    var buffer: [UInt8] = []
    func flush() throws {
      var bytes = buffer[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw SystemCallError("write", name, code: errno) }
        bytes = bytes.dropFirst(count)
      }
      buffer.removeAll(keepingCapacity: true)
    }
    try export.write { text in
      buffer.append(contentsOf: text.utf8)
      if buffer.count >= 1 << 16 { try flush() }
    }
    try flush()
  }
}

extension RunExport.Format: ExpressibleByArgument {}
extension Series: ExpressibleByArgument {}
