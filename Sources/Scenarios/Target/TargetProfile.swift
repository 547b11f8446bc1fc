/// Which platform the target is: what it is sent, and how its answers are read.
public enum TargetProfile: Sendable, Hashable {
  /// This product's contract: `POST /execute`, `GET /job-status/{id}`.
  case rce
  /// Judge0: `POST /submissions`, `GET /submissions/{token}`.
  case judge0(Judge0Profile)
  /// Piston: `POST /api/v2/execute`, which answers with the result.
  case piston(PistonProfile)
  /// Any other, as a description says.
  case custom(CustomProfile)

  /// The word that a scenario names it by.
  public var name: String {
    switch self {
    case .rce: "rce"
    case .judge0: "judge0"
    case .piston: "piston"
    case .custom: "custom"
    }
  }
}

/// What differs from one Judge0 to another.
public struct Judge0Profile: Sendable, Hashable {
  /// `language_id` by the name of a language.
  public var languages: [String: Int]

  /// Judge0 CE's numbers (db/languages/active.rb of version 1.13.1) with some in place of others.
  public init(languages: [String: Int] = [:]) {
    self.languages = Self.communityEdition.merging(languages) { $1 }
  }

  private static let communityEdition = ["cpp": 54, "java": 62, "javascript": 63, "python": 71]
}

/// What differs from one Piston to another.
public struct PistonProfile: Sendable, Hashable {
  /// Piston's own name or alias by the name of a language.
  public var languages: [String: String]
  /// The version, or a range of versions as semver writes it, by the name of a language; `*` is the newest.
  public var versions: [String: String]

  /// Piston's aliases and newest versions, with some in place of others.
  public init(languages: [String: String] = [:], versions: [String: String] = [:]) {
    self.languages = ["cpp": "c++"].merging(languages) { $1 }
    self.versions = versions
  }
}
