import Glibc
import HostSystem

/// The life of a program that is started before there is work for it: boot, rest, work, end.
extension Supervision {
  /// Watches until the program has printed the marker; throws where it ends or its limits pass before.
  ///
  /// The one who started it must then end it with `abandon`, whatever came of this.
  mutating func boot(until marker: [UInt8]) throws(SandboxError) {
    let buffer = Self.makeBuffer()
    defer { buffer.deallocate() }
    while !stdout.starts(with: marker) {
      if try step(buffer) { throw bootError }
      try tick(.now)
    }
    rest()
  }

  private var bootError: SandboxError {
    let reason = stoppedBy.map { "it ran into its limit: \($0.rawValue)" }
    let words = String(decoding: stderr, as: UTF8.self).split(separator: "\n").first.map(String.init)
    return SandboxError(.setup, "a program did not get ready for work: \(reason ?? words ?? "it ended")")
  }

  /// Whether the program is there to take work; costs one poll(2).
  var isAlive: Bool { !child.hasEnded }

  /// Gives the program its work; the clock starts, and what it used so far is forgotten.
  ///
  /// - Parameter isLast: whether nothing more will come, so that the input ends behind these bytes.
  mutating func go(_ work: [UInt8], _ limits: SandboxLimits, isLast: Bool) {
    begin(limits, at: .now)
    input?.send(work, closes: isLast)
  }

  /// Gives a resident program its next piece of work and waits for the answer to it.
  mutating func exchange(_ work: [UInt8], _ limits: SandboxLimits) throws(SandboxError) -> ServiceAnswer {
    let buffer = Self.makeBuffer()
    defer { buffer.deallocate() }
    go(work, limits, isLast: false)
    while true {
      if try step(buffer) { return isKilled ? .stopped(stoppedBy ?? .wall) : .ended }
      if let answer = Frame.content(of: stdout) {
        rest()
        return .answer(answer)
      }
      try tick(.now)
    }
  }

  /// Kills the program and waits until every process of it is gone.
  consuming func abandon() throws(SandboxError) {
    let buffer = Self.makeBuffer()
    defer { buffer.deallocate() }
    kill(.now)
    while try !step(buffer) { try tick(.now) }
    do throws(SystemCallError) {
      _ = try child.conclude()
    } catch {
      throw SandboxError(.cleanup, "\(error)")
    }
  }
}
