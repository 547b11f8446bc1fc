/// A language that programs may be written in, by the name that travels in requests.
///
/// What the name stands for is data: its entry in the table of languages that this process uses. Only names that are
/// in the table become values, also when they are read from JSON.
public struct Language: RawRepresentable, Codable, Sendable, Hashable {
  /// The name, for example `cpp`.
  public let rawValue: String

  /// The language of this name; nil where the table has none.
  public init?(rawValue: String) {
    guard LanguageTable.current[rawValue] != nil else { return nil }
    self.rawValue = rawValue
  }

  /// The language of a name that needs no proof.
  init(named name: String) {
    rawValue = name
  }

  /// C++20, compiled with g++ -O2.
  public static let cpp = Self(named: "cpp")
  /// Java; the source holds a class with `main`.
  public static let java = Self(named: "java")
  /// CPython 3.
  public static let python = Self(named: "python")
  /// Node.js.
  public static let javascript = Self(named: "javascript")

  /// The name that people write, for example in a report.
  public var title: String {
    LanguageTable.current[rawValue]?.title ?? rawValue
  }
}

extension Language: CaseIterable {
  /// Every language of the table, in its order.
  public static var allCases: [Self] { LanguageTable.current.languages.map(\.language) }
}
