import Foundation

/// Where the run is that a person means: by its folder, its store, the beginning of its id, or `latest`.
public struct RunLocation: Sendable, Hashable {
  /// The folder that `run` writes to.
  public var runs: String
  /// The folder of runs that others are compared with.
  public var baselines: String

  /// The folders of this project, or others.
  public init(runs: String = "reports/runs", baselines: String = "reports/baselines") {
    self.runs = runs
    self.baselines = baselines
  }

  /// The folder of the one run that `argument` stands for.
  public func folder(of argument: String) throws(RunStoreError) -> String {
    let found = try folders(of: argument)
    guard found.count == 1 else {
      throw Self.error(
        argument, "it holds \(found.count) runs: \(Self.listed(found.map(Self.name)))", "name one of them")
    }
    return found[0]
  }

  /// The folders of all runs that `argument` stands for, by name: a folder of runs stands for each of them.
  public func folders(of argument: String) throws(RunStoreError) -> [String] {
    if let direct = Self.direct(argument) { return direct }
    if let baseline = Self.direct("\(baselines)/\(argument)"), Self.isName(argument) { return baseline }
    let all = Self.runs(in: runs)
    guard !all.isEmpty else {
      throw Self.error(argument, "there is no such folder, and no run below \(runs)", "give the folder of a run")
    }
    if argument == "latest" { return [all[all.count - 1]] }
    let matching = all.filter { Self.isName(argument) && Self.name($0).hasPrefix(argument) }
    guard let first = matching.first else {
      throw Self.error(
        argument, "no folder and no run below \(runs) has this name",
        "the newest are \(Self.listed(all.suffix(3).reversed().map(Self.name)))")
    }
    guard matching.count == 1 || Self.name(first) == argument else {
      throw Self.error(
        argument, "\(matching.count) runs begin like this: \(Self.listed(matching.map(Self.name)))",
        "give more of the id")
    }
    return [first]
  }

  /// The folders of the runs in a folder, by name, which is by time; empty where there is none.
  public static func runs(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { "\(folder)/\($0)" }.filter(isRun)
  }

  /// What a path stands for by itself; nil where it is neither a store, nor a run, nor a folder of runs.
  private static func direct(_ path: String) -> [String]? {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    if name(trimmed) == RunSchema.fileName, FileManager.default.fileExists(atPath: trimmed) {
      return [String(trimmed.dropLast(RunSchema.fileName.count + 1))].map { $0.isEmpty ? "." : $0 }
    }
    if isRun(trimmed) { return [trimmed] }
    let inside = runs(in: trimmed)
    return inside.isEmpty ? nil : inside
  }

  private static func isRun(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder)/\(RunSchema.fileName)")
  }

  /// Whether it can be a name below a folder, and not a way out of it.
  private static func isName(_ argument: String) -> Bool {
    !argument.isEmpty && !argument.contains("/") && argument != "." && argument != ".."
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", ..." : "")
  }

  private static func error(_ argument: String, _ cause: String, _ hint: String) -> RunStoreError {
    RunStoreError(operation: "find run", path: "'\(argument)'", cause: cause, hint: hint)
  }
}
