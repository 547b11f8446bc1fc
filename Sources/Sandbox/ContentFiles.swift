import HostSystem

/// The writing ends of the sandbox's pipes, closed when the child has its own.
struct WritingEnds: ~Copyable {
  var output: FileDescriptor?
  var errors: FileDescriptor?
  var report: FileDescriptor?
  var info: FileDescriptor?

  init() {}

  /// In the order of the child's descriptors from 1 on.
  var numbers: [Int32] {
    [number(output), number(errors), number(report), number(info)]
  }

  private func number(_ end: borrowing FileDescriptor?) -> Int32 {
    switch end {
    case .some(let descriptor): descriptor.number
    case .none: -1
    }
  }
}

/// Sealed files in memory that bubblewrap copies into the sandbox.
struct ContentFiles: ~Copyable {
  private(set) var numbers: [Int32] = []

  init(_ contents: [BubblewrapCommand.Content]) throws(SystemCallError) {
    for content in contents {
      // A new one for each run: bubblewrap reads from the offset, which all holders of one open file share.
      numbers.append(try FileDescriptor.sealedMemory(named: "content", content.bytes).release())
    }
  }

  deinit {
    for number in numbers { _ = FileDescriptor(owning: number) }
  }
}
