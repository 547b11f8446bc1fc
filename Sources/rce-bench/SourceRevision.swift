import HostSystem

/// What git says of the repository that a scenario lies in.
enum SourceRevision {
  /// The commit that is checked out, with `-changed` where tracked files differ from it; nil without git or a repository.
  static func text(ofFile path: String) -> String? {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    guard let commit = git(["rev-parse", "--verify", "HEAD"], in: folder), isCommit(commit) else { return nil }
    let changes = git(["status", "--porcelain", "--untracked-files=no"], in: folder)
    return changes == "" ? commit : "\(commit)-changed"
  }

  private static func isCommit(_ text: String) -> Bool {
    (40...64).contains(text.count) && text.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  /// What git prints, without the last line's end; nil where it fails.
  private static func git(_ arguments: [String], in folder: String) -> String? {
    let places = (ProcessEnvironment.byName["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    for place in places where place.hasPrefix("/") {
      if let text = output(of: "\(place)/git", arguments, in: folder) { return text }
    }
    return nil
  }

  private static func output(of program: String, _ arguments: [String], in folder: String) -> String? {
    // A repository's own settings may name programs to run; none of them is needed here.
    var request = ProcessRequest(
      program, ["-c", "core.fsmonitor=false", "-C", folder.isEmpty ? "/" : folder] + arguments,
      environment: ProcessEnvironment.all.filter { !$0.hasPrefix("GIT_") } + ["GIT_OPTIONAL_LOCKS=0"])
    guard var pipe = try? Pipe(), let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
      return nil
    }
    request.descriptors = [-1, writing.number, -1]
    guard let child = try? ChildProcess(request) else { return nil }
    _ = consume writing
    let bytes = (try? reading.readAll()) ?? []
    guard let (end, _) = try? child.wait(), end == .exited(0) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
