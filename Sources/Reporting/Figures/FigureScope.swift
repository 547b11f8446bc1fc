public import Jobs
import RunRecords

/// Which jobs a figure is about.
public enum FigureScope: Sendable, Hashable {
  /// Every job of the recorded phases.
  case all
  /// The jobs of one recorded phase.
  case phase(String)
  /// The recorded jobs in one language.
  case language(Language)

  /// The name for people.
  public var title: String {
    switch self {
    case .all: "All jobs"
    case .phase(let name): name
    case .language(let language): language.title
    }
  }

  /// The key in `summary.json`.
  var key: String {
    switch self {
    case .all: "all"
    case .phase(let name): "phase=\(name)"
    case .language(let language): "language=\(language.rawValue)"
    }
  }

  func contains(_ record: JobRecord) -> Bool {
    switch self {
    case .all: true
    case .phase(let name): record.phase == name
    case .language(let language): record.language == language
    }
  }

  /// Every scope of a run that tells more than another one does, in the order of a report.
  static func all(of info: RunInfo, _ recorded: JobRecords) -> [FigureScope] {
    var (names, written): (Set<String>, Set<Language>) = ([], [])
    for job in recorded {
      names.insert(job.phase)
      written.insert(job.language)
    }
    let phases = info.phases.filter { $0.recorded && names.contains($0.name) }
    let languages = Language.allCases.filter(written.contains)
    return [.all] + (phases.count > 1 ? phases.map { .phase($0.name) } : [])
      + (languages.count > 1 ? languages.map { .language($0) } : [])
  }
}
