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
    var survey = ScopeSurvey()
    for job in recorded { survey.add(job) }
    return survey.scopes(of: info)
  }
}

/// Collects which scopes the recorded jobs of a run are in.
struct ScopeSurvey {
  private var phases: Set<String> = []
  private var languages: Set<Language> = []
  private var last: (phase: String, language: Language)?

  mutating func add(_ job: JobRecord) {
    // Comparing with the job before is cheaper than looking it up.
    if let last, last.phase == job.phase, last.language == job.language { return }
    last = (job.phase, job.language)
    phases.insert(job.phase)
    languages.insert(job.language)
  }

  /// Every scope that tells more than another one does, in the order of a report.
  func scopes(of info: RunInfo) -> [FigureScope] {
    let phases = info.phases.filter { $0.recorded && self.phases.contains($0.name) }
    let languages = Language.allCases.filter(self.languages.contains)
    return [.all] + (phases.count > 1 ? phases.map { .phase($0.name) } : [])
      + (languages.count > 1 ? languages.map { .language($0) } : [])
  }
}
