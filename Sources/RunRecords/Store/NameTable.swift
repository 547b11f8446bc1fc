import GRDB
import Jobs

/// Names that many rows share, each stored once in the table `name`, by number; for writing.
struct NameTable {
  private var numbers: [String: Int64] = [:]

  /// The number of a name, which is stored where it was not before.
  mutating func number(of text: String, in db: Database) throws -> Int64 {
    if let known = numbers[text] { return known }
    var insert = RowStatement(try db.cachedStatement(sql: "INSERT OR IGNORE INTO name (text) VALUES (?)"))
    insert.begin()
    insert.bind(text)
    try insert.execute(in: db)
    // A text with NUL is stored as another one, which may be there already.
    var select = RowStatement(try db.cachedStatement(sql: "SELECT id FROM name WHERE text = ?"))
    select.begin()
    select.bind(text)
    guard try select.next(in: db) else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
    let number = select.integer()
    select.begin()
    numbers[text] = number
    return number
  }

  mutating func optional(_ text: String?, in db: Database) throws -> Int64? {
    guard let text else { return nil }
    return try number(of: text, in: db)
  }

  /// A transaction that was undone took its new names with it.
  mutating func forget() { numbers = [:] }
}

/// The table `name`, read: every name as each of the things that it may be.
struct NameReader {
  private struct Name {
    var text: String
    var language: Language?
    var outcome: JobOutcome?
    var state: JobState?
    var errorType: ErrorType?
    var start: StartKind?
  }

  /// Names by their numbers, which count from 1.
  private var names: [Name] = []
  /// Those whose numbers do not follow each other.
  private var others: [Int64: Name] = [:]

  init(_ db: Database) throws {
    var row = RowStatement(try db.cachedStatement(sql: "SELECT id, text FROM name ORDER BY id"))
    while try row.next(in: db) {
      let number = row.integer()
      let text = row.textIfKnown() ?? ""
      let name = Name(
        text: text, language: Language(rawValue: text), outcome: JobOutcome(rawValue: text),
        state: JobState(rawValue: text), errorType: ErrorType(rawValue: text), start: StartKind(rawValue: text))
      if number == Int64(names.count + 1) { names.append(name) } else { others[number] = name }
    }
  }

  func text(_ number: Int64?, _ column: String) throws -> String? { try find(number, column)?.text }
  func language(_ number: Int64?) throws -> Language? { try value(number, "language", \.language) }
  func outcome(_ number: Int64?) throws -> JobOutcome? { try value(number, "outcome", \.outcome) }
  func state(_ number: Int64?) throws -> JobState? { try value(number, "state", \.state) }
  func errorType(_ number: Int64?) throws -> ErrorType? { try value(number, "error_type", \.errorType) }
  func start(_ number: Int64?) throws -> StartKind? { try value(number, "start", \.start) }

  private func value<Value>(_ number: Int64?, _ column: String, _ part: (Name) -> Value?) throws -> Value? {
    guard let name = try find(number, column) else { return nil }
    guard let value = part(name) else { throw Self.damage("unknown \(column) '\(name.text)' in table job") }
    return value
  }

  private func find(_ number: Int64?, _ column: String) throws -> Name? {
    guard let number else { return nil }
    if number > 0, number <= Int64(names.count) { return names[Int(number) - 1] }
    guard let name = others[number] else { throw Self.damage("\(column) \(number) of table job has no name") }
    return name
  }

  static func damage(_ message: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: message)
  }
}
