/// A run's name: when it started, what it ran, and four digits that tell two runs of one second apart.
public struct RunID: Sendable, Hashable, CustomStringConvertible {
  /// For example `20261124-141746-smoke-7f3a`; safe as the name of a folder.
  public let description: String

  /// The name of a run of a scenario that started that many milliseconds after 1970.
  public init(scenario: String, startedAt: Int64) {
    self.init(scenario: scenario, startedAt: startedAt, suffix: UInt16.random(in: .min ... .max))
  }

  package init(scenario: String, startedAt: Int64, suffix: UInt16) {
    let digits = String(suffix, radix: 16)
    let padded = String(repeating: "0", count: 4 - digits.count) + digits
    description =
      "\(CivilTime(millisecondsSince1970: startedAt).compact)-\(Self.folderName(scenario))-\(padded)"
  }

  /// A scenario's name in lower-case letters, digits and single dashes.
  private static func folderName(_ scenario: String) -> String {
    var name = ""
    for character in scenario.lowercased().prefix(60) {
      if character.isASCII, character.isLetter || character.isNumber {
        name.append(character)
      } else if !name.isEmpty, !name.hasSuffix("-") {
        name.append("-")
      }
    }
    while name.hasSuffix("-") { name.removeLast() }
    return name.isEmpty ? "run" : name
  }
}
