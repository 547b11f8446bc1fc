import ArgumentParser
import FoundationEssentials
import Glibc
import HostSystem

/// The page of a GitHub Actions run, which is Markdown in the file that `GITHUB_STEP_SUMMARY` names (GitHub's workflow
/// commands, "Adding a job summary").
enum StepSummary {
  private static let variable = "GITHUB_STEP_SUMMARY"

  /// Refuses before the run what could not be written after it.
  static func require() throws {
    guard let path = ProcessEnvironment.byName[variable], !path.isEmpty else {
      throw ValidationError("--github-step-summary needs the variable \(variable), which GitHub Actions sets")
    }
    guard access(path, W_OK) == 0 || access(path, F_OK) != 0 else {
      throw ValidationError("--github-step-summary: \(path) cannot be written")
    }
  }

  /// Adds Markdown to the page, after what other steps have written.
  static func append(_ markdown: String) throws {
    guard let path = ProcessEnvironment.byName[variable] else { return }
    try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND).writeAll(markdown + "\n")
  }
}
