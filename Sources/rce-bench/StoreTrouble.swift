import HostSystem
import RunRecords

/// What became of a run's store while the run went on; trouble is said once, and measuring goes on.
final class StoreTrouble: Sendable {
  private let isTroubled = Lock(false)
  private let progress: ProgressDisplay

  init(_ progress: ProgressDisplay) {
    self.progress = progress
  }

  /// Hands records to the store, which keeps those that it cannot write for the next try.
  func append(_ records: [JobRecord], to writer: RunWriter) {
    do throws(RunStoreError) {
      try writer.append(records)
      if isTroubled.exchange(false) { progress.note("the run is being stored again, with all jobs that had to wait") }
    } catch {
      guard !isTroubled.exchange(true) else { return }
      progress.note("\(error); measuring goes on, and what could not be written is tried again")
    }
  }
}

extension Lock<Bool> {
  fileprivate func exchange(_ value: Bool) -> Bool {
    withLock { current in
      defer { current = value }
      return current
    }
  }
}

/// A run that was measured and could not be stored to its end, which makes it no measurement.
struct UnstoredRun: Error, CustomStringConvertible {
  let description: String

  init(_ error: RunStoreError, unwritten: Int, of jobs: Int, in folder: String) {
    description = """
      the run was measured, but not stored to its end: \(error)
        \(unwritten) of \(jobs) jobs are lost; `rce-bench report \(folder)` reads the others as a PARTIAL run
      """
  }
}
