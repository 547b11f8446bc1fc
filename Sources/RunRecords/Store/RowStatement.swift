import GRDB
import GRDBSQLite

/// A prepared statement whose values are bound and read one after the other.
///
/// GRDB's own way boxes each of a job's 41 values, which would make the store the dearest part of a run.
struct RowStatement {
  private let statement: Statement
  private let handle: OpaquePointer
  private var column: Int32 = 0

  init(_ statement: Statement) {
    self.statement = statement
    handle = statement.sqliteStatement
  }

  /// Starts a row that is to be written.
  mutating func begin() {
    sqlite3_reset(handle)
    column = 0
  }

  mutating func bind(_ value: Int64?) {
    column += 1
    guard let value else {
      sqlite3_bind_null(handle, column)
      return
    }
    sqlite3_bind_int64(handle, column, value)
  }

  mutating func bind(_ value: Int?) { bind(value.map(Int64.init)) }

  mutating func bind(_ value: Bool?) { bind(value.map { $0 ? Int64(1) : 0 }) }

  mutating func bind(_ value: Double?) {
    column += 1
    guard let value else {
      sqlite3_bind_null(handle, column)
      return
    }
    sqlite3_bind_double(handle, column, value)
  }

  /// Binds a text; U+2400 stands for NUL, at which SQLite would end it, and what platforms and programs say may hold any.
  mutating func bind(_ value: String?) {
    column += 1
    guard var value else {
      sqlite3_bind_null(handle, column)
      return
    }
    if value.utf8.contains(0) {
      value = String(decoding: value.utf8.flatMap { $0 == 0 ? Array("\u{2400}".utf8) : [$0] }, as: UTF8.self)
    }
    value.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { bytes in
        // SQLite takes an absent pointer for NULL, and an empty text need not have one.
        _ = sqlite3_bind_text(
          handle, column, bytes.baseAddress ?? Self.empty, Int32(clamping: bytes.count), Self.copied)
      }
    }
  }

  /// Executes the statement with what was bound.
  func execute(in db: Database) throws {
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else { throw Self.error(code, db) }
  }

  /// Steps to the next row; false after the last.
  mutating func next(in db: Database) throws -> Bool {
    column = -1
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else { throw Self.error(code, db) }
    return false
  }

  mutating func integer() -> Int64 {
    column += 1
    return sqlite3_column_int64(handle, column)
  }

  mutating func integerIfKnown() -> Int64? {
    column += 1
    guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
    return sqlite3_column_int64(handle, column)
  }

  mutating func real() -> Double {
    column += 1
    return sqlite3_column_double(handle, column)
  }

  mutating func realIfKnown() -> Double? {
    column += 1
    guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
    return sqlite3_column_double(handle, column)
  }

  mutating func textIfKnown() -> String? {
    column += 1
    guard let bytes = sqlite3_column_text(handle, column) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// SQLITE_TRANSIENT: SQLite copies the text before the call returns.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  nonisolated(unsafe) private static let empty = UnsafePointer(UnsafeMutablePointer<CChar>.allocate(capacity: 1))

  private static func error(_ code: Int32, _ db: Database) -> DatabaseError {
    DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
  }
}
