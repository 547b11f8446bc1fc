/// Turns the paths of a sandbox into those of the host, where a program sees the host's own files.
///
/// A path is replaced where it stands alone or at the start of a longer one; `/boxes` is not below `/box`.
package struct PathMap: Sendable, Equatable {
  /// Where a path inside leads to on the host.
  private var places: [(inside: [UInt8], outside: [UInt8])]

  package static func == (left: Self, right: Self) -> Bool {
    left.places.elementsEqual(right.places) { $0.inside == $1.inside && $0.outside == $1.outside }
  }

  /// A map with a private box and a private directory for temporary files below `work`.
  package init(work: String, mounts: [SandboxMount]) {
    let own = [("/box", work + "/box"), ("/tmp", work + "/tmp")]
    places = (own + mounts.map { ($0.target, $0.source) }).filter { $0.0 != $0.1 }.map {
      (Array($0.0.utf8), Array($0.1.utf8))
    }.sorted { $0.inside.count > $1.inside.count }
  }

  /// The request with every path of the host's.
  package func applied(to request: SandboxRequest, work: String) -> SandboxRequest {
    var mapped = request
    mapped.command = request.command.map(text)
    mapped.files = request.files.map { SandboxFile(text($0.path), $0.bytes) }
    mapped.directory = text(request.directory)
    mapped.environment = request.environment.map { EnvironmentVariable($0.name, text($0.value)) }
    if !request.environment.contains(where: { $0.name == "TMPDIR" }) {
      mapped.environment.append(EnvironmentVariable("TMPDIR", work + "/tmp"))
    }
    mapped.mounts =
      [
        SandboxMount(work + "/box", isWritable: true), SandboxMount(work + "/tmp", isWritable: true),
      ] + request.mounts.map { SandboxMount($0.source, isWritable: $0.isWritable) }
    return mapped
  }

  private func text(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var mapped: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "/"), Self.mayBegin(bytes[..<index]),
        let place = places.first(where: { Self.leads($0.inside, bytes[index...]) })
      {
        mapped += place.outside
        index += place.inside.count
      } else {
        mapped.append(bytes[index])
        index += 1
      }
    }
    return mapped.count == bytes.count && mapped == bytes ? text : String(decoding: mapped, as: UTF8.self)
  }

  /// The text of a program's messages with the paths of the sandbox again, so that they read the same everywhere.
  package func restored(_ bytes: [UInt8]) -> [UInt8] {
    var restored: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "/"), let place = places.first(where: { Self.leads($0.outside, bytes[index...]) })
      {
        restored += place.inside
        index += place.outside.count
      } else {
        restored.append(bytes[index])
        index += 1
      }
    }
    return restored
  }

  /// Whether a path may begin behind these bytes: not inside another path, but behind an option of letters (`-I/box`).
  private static func mayBegin(_ before: ArraySlice<UInt8>) -> Bool {
    guard let last = before.last, isPathByte(last) || last == UInt8(ascii: "/") else { return true }
    return before.first == UInt8(ascii: "-") && before.dropFirst().allSatisfy { isLetter($0) }
  }

  private static func leads(_ path: [UInt8], _ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.starts(with: path) else { return false }
    return bytes.dropFirst(path.count).first.map { !isPathByte($0) } ?? true
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte >= 0x80 || [0x2d, 0x2e, 0x5f].contains(byte)
  }
}
