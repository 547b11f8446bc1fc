public import Jobs
public import Sandbox

extension Sandbox {
  /// What is in force while a program runs, as a job's details carry it.
  public var report: SandboxReport {
    SandboxReport(
      backend: capabilities.backend, namespaces: capabilities.namespaces, controlGroup: capabilities.controlGroup,
      seccomp: capabilities.filtersSystemCalls, accounting: capabilities.controlGroup == "none" ? "rusage" : "cgroup",
      absent: capabilities.absent.isEmpty ? nil : capabilities.absent)
  }
}
