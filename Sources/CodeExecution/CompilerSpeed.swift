import Jobs
import Sandbox

/// Chooses what makes the compiler of each program faster, among the techniques that are switched on.
final class CompilerSpeed: Sendable {
  private let techniques: Set<Technique>

  init(techniques: Set<Technique>) {
    self.techniques = techniques
  }

  /// What is ready for this program now; never waits.
  func aids(for request: ExecutionRequest, _ toolchain: Toolchain) -> CompilerAids {
    var aids = CompilerAids()
    if request.language == .cpp && techniques.contains(.gold) && toolchain.hasGold {
      aids.add(.gold, ["-fuse-ld=gold"])
    }
    return aids
  }
}
