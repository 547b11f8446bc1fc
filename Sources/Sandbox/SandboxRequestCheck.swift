/// Refuses what no kernel would take, with a sentence instead of a bare error number.
enum SandboxRequestCheck {
  static func check(_ request: SandboxRequest) throws(SandboxError) {
    guard let program = request.command.first, program.hasPrefix("/") else {
      throw SandboxError(.setup, "a command needs an absolute path, got \(request.command)")
    }
    let texts = request.command + request.environment.flatMap { [$0.name, $0.value] }
    if texts.contains(where: { $0.utf8.contains(0) }) {
      throw SandboxError(.setup, "an argument holds a NUL byte, which no program can receive")
    }
    let size = request.command.reduce(0) { $0 + $1.utf8.count }
    if size > 1 << 20 || request.command.contains(where: { $0.utf8.count >= 128 << 10 }) {
      throw SandboxError(.setup, "the arguments are too long: 128 KiB each and 1 MiB together are the most")
    }
  }
}
