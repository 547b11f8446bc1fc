import Foundation
import GRDB

/// A run's `run.sqlite`, opened to be read and never changed.
enum RunStoreFile {
  /// Reads the store in a folder; one that an older version wrote is read from a migrated copy.
  static func read<Value>(
    _ folder: String, _ body: (Database) throws -> Value
  ) throws(RunStoreError) -> Value {
    let path = path(in: folder)
    try check(path)
    do {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      if try queue.read({ try isCurrent($0, path) }) { return try queue.read(body) }
      return try migratedCopy(of: queue).read(body)
    } catch let error as RunStoreError {
      throw error
    } catch {
      throw reading(error, path)
    }
  }

  /// Changes the store in a folder in one transaction, where this version wrote it.
  static func change(_ folder: String, _ body: (Database) throws -> Void) throws(RunStoreError) {
    let path = path(in: folder)
    do {
      let queue = try DatabaseQueue(path: path)
      guard try queue.read({ try isCurrent($0, path) }) else { return }
      try queue.write(body)
    } catch let error as RunStoreError {
      throw error
    } catch {
      throw RunStoreError(
        operation: "change", path: path, cause: (error as? DatabaseError)?.message ?? "\(error)",
        hint: "check that the folder can be written and its disk is not full")
    }
  }

  /// An error of SQLite's while the store in a folder was read, as a person is told.
  static func reading(_ error: DatabaseError, in folder: String) -> RunStoreError { reading(error, path(in: folder)) }

  private static func path(in folder: String) -> String {
    URL(fileURLWithPath: folder).appendingPathComponent(RunSchema.fileName).path
  }

  private static func check(_ path: String) throws(RunStoreError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw RunStoreError(
        operation: "read", path: path, cause: "there is no such file",
        hint: "give the folder of a run, for example one below reports/runs")
    }
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw RunStoreError(
        operation: "read", path: path, cause: "permission denied", hint: "make the run's folder and its files readable")
    }
  }

  /// Whether every migration was made; throws where the store is no run, or one of a version to come.
  private static func isCurrent(_ db: Database, _ path: String) throws -> Bool {
    if try RunSchema.migrator.hasBeenSuperseded(db) {
      throw RunStoreError(
        operation: "read", path: path, cause: "it was written by a newer rce-bench",
        hint: "read it with that version or a later one")
    }
    let run = try db.tableExists("run") ? try Int.fetchOne(db, sql: "SELECT count(*) FROM run") : nil
    guard run == 1 else {
      throw RunStoreError(
        operation: "read", path: path, cause: "it holds no run",
        hint: run == 0 || isEmpty(path)
          ? "the generator ended before the run began" : "it is the database of another program")
    }
    return try RunSchema.migrator.hasCompletedMigrations(db)
  }

  private static func isEmpty(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) == 0
  }

  /// A private copy, which SQLite keeps on the disk where it outgrows the memory, and removes.
  private static func migratedCopy(of queue: DatabaseQueue) throws -> DatabaseQueue {
    let copy = try DatabaseQueue(path: "")
    try queue.backup(to: copy)
    try RunSchema.migrator.migrate(copy)
    return copy
  }

  private static func reading(_ error: any Error, _ path: String) -> RunStoreError {
    guard let error = error as? DatabaseError else {
      return RunStoreError(
        operation: "read", path: path, cause: "\(error)", hint: "the file is damaged; take another copy of it")
    }
    let cause = error.message ?? "\(error.resultCode)"
    let hint =
      switch error.resultCode {
      case .SQLITE_NOTADB: "give the folder of a run, or take another copy of the file"
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
        "the run was not finished, and reading its log needs write permission in its folder; copy the folder"
      default: "the file is damaged or was cut off; take another copy of it"
      }
    return RunStoreError(operation: "read", path: path, cause: cause, hint: hint)
  }
}
