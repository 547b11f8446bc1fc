/// What a host can do with a language: the versions of its programs, or why it has none.
public struct LanguageStatus: Codable, Sendable, Hashable {
  /// The compiler's version, where there is a compiler and it told.
  public var compiler: String?
  /// The version of the interpreter or virtual machine, where there is one and it told.
  public var runtime: String?
  /// Why programs in the language cannot run there, with what to install; nil where they can.
  public var problem: String?

  /// A status.
  public init(compiler: String? = nil, runtime: String? = nil, problem: String? = nil) {
    self.compiler = compiler
    self.runtime = runtime
    self.problem = problem
  }
}
