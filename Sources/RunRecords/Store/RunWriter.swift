import Foundation
import GRDB
import Glibc
import Synchronization

/// Writes one run into `run.sqlite` in the run's folder.
///
/// Every batch is one transaction in write-ahead mode, so that a generator killed at any moment leaves a readable store
/// with all the batches before, marked partial: `partial` is only taken away by `finish`. A batch that could not be
/// written, for example because the disk was full, is kept and tried again with the next one; of more than 100,000 jobs
/// that wait like this the newest are lost, and counted.
public final class RunWriter: Sendable {
  private struct State {
    var names = NameTable()
    var aggregates: RunAggregates
    var pending: [JobRecord] = []
    var lost = 0
  }

  /// Jobs that wait to be written, about a hundred megabytes of them.
  private static let mostPending = 100_000

  private let queue: DatabaseQueue
  private let state: Mutex<State>
  /// The store's path.
  public let path: String

  /// Creates the run's folder, with its parents, and the store in it.
  public init(creating folder: String, info: RunInfo) throws(RunStoreError) {
    let path = URL(fileURLWithPath: folder).appendingPathComponent(RunSchema.fileName).path
    self.path = path
    state = Mutex(State(aggregates: RunAggregates(info)))
    queue = try Self.reporting("create", path) {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Self.claim(path)
      var configuration = Configuration()
      configuration.journalMode = .wal
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try RunSchema.migrator.migrate(queue)
      return queue
    }
    try Self.reporting("create", path) { try queue.write(info.store) }
  }

  /// Jobs that are not in the store: those that wait for another try, and those that are lost.
  public var unwritten: Int { state.withLock { $0.pending.count + $0.lost } }

  /// Adds finished jobs in one transaction.
  public func append(_ records: some Collection<JobRecord>) throws(RunStoreError) {
    try locked("append to") { state in
      let room = max(0, Self.mostPending - state.pending.count)
      state.pending.append(contentsOf: records.prefix(room))
      state.lost += max(0, records.count - room)
      try writePending(&state)
    }
  }

  /// Stores the final word on the run, its one-second windows, its histograms and how the generator did in each
  /// second, and leaves a single file behind.
  ///
  /// The info says itself whether the run was partial.
  public func finish(_ info: RunInfo, samples: [ValiditySample] = []) throws(RunStoreError) {
    try locked("finish") { state in
      try writePending(&state)
      try queue.write { db in
        try info.store(in: db)
        try SampleRow.store(samples, in: db)
        try state.aggregates.store(info, in: db)
      }
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try queue.close()
    }
  }

  private func writePending(_ state: inout State) throws {
    guard !state.pending.isEmpty else { return }
    let pending = state.pending
    try naming(&state) { try JobRow.write(pending, &$0, in: $1) }
    state.aggregates.add(pending)
    state.pending.removeAll(keepingCapacity: pending.count < 10_000)
  }

  /// Writes in one transaction; one that fails takes the names with it that it was the first to use.
  private func naming(_ state: inout State, _ body: (inout NameTable, Database) throws -> Void) throws {
    do {
      try queue.write { try body(&state.names, $0) }
    } catch {
      state.names.forget()
      throw error
    }
  }

  /// Makes the file, where nothing else has: two generators that are given one folder must not write into one store.
  private static func claim(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let cause = errno == EEXIST ? "a run is already there" : String(cString: strerror(errno))
      throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: cause)
    }
    close(descriptor)
  }

  private func locked(_ operation: String, _ body: (inout State) throws -> Void) throws(RunStoreError) {
    try Self.reporting(operation, path) { try state.withLock { try body(&$0) } }
  }

  private static func reporting<Value>(
    _ operation: String, _ path: String, _ body: () throws -> Value
  ) throws(RunStoreError) -> Value {
    do {
      return try body()
    } catch {
      let cause = (error as? DatabaseError)?.message ?? error.localizedDescription
      throw RunStoreError(
        operation: operation, path: path, cause: cause,
        hint: "check that the folder can be written and its disk is not full")
    }
  }
}
