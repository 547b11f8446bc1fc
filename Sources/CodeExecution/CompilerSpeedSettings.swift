/// What may make jobs faster.
public struct CompilerSpeedSettings: Sendable {
  /// The techniques that may be used.
  public var techniques: Set<Technique>
  /// A directory for what must be made first, shared by executors; nil where nothing may be kept.
  public var directory: String?
  /// A directory of the image with what was prepared when the image was made (see `PreparedShelf`).
  public var prepared: String?
  /// This process prepares files and runs no program that could change them, so that no technique is unsafe.
  public var preparesOnly = false
  /// Whether what is absent is made beside the jobs, when the first one comes that could have used it.
  public var makesInBackground: Bool
  /// What is kept ready once `CodeExecutor.keepWarm` is called, and how many of each.
  public var pools: [WarmPool: Int] = [:]
  /// Bytes of compilers' products that are kept, where the techniques name the cache.
  public var cacheBytes = 64 << 20
  /// Told why something could not be made.
  public var report: @Sendable (String) -> Void

  /// These settings; by default compilers are as they are.
  public init(
    techniques: Set<Technique> = [], directory: String? = nil, makesInBackground: Bool = false,
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.techniques = techniques
    self.directory = directory
    self.makesInBackground = makesInBackground
    self.report = report
  }
}
