/// What one job may use that was ready before it came; all of it is absent where a cold start is asked for.
struct WarmMeans: Sendable {
  /// Products of earlier compilations, and the name that this one would have there.
  var cache: CompileCache?
  /// The javac that stays.
  var compiler: ResidentCompiler?
  /// What may start the program, asked in this order.
  var starts: [any WarmStart] = []

  /// Nothing: everything starts cold.
  static let none = Self()
}
