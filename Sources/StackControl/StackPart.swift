import Glibc
import HostSystem

/// Something of a running stack that a signal can be sent to.
public enum StackPart: Sendable, Hashable {
  /// One of its programs.
  case program(StackProgram)
  /// Every process that the host has started: its execution environments.
  case executors

  /// The process ids at present; none where it does not run.
  func processes(_ state: StackState) -> [Int32] {
    switch self {
    case .program(let program): state.processes[program.rawValue].map { [$0] } ?? []
    case .executors: state.processes[StackProgram.host.rawValue].map(Self.children) ?? []
    }
  }

  /// The processes whose parent is this one (proc_pid_stat(5)).
  private static func children(of parent: Int32) -> [Int32] {
    DirectoryNames.list("/proc").compactMap { Int32($0) }.filter { id in
      guard let file = try? FileDescriptor.open("/proc/\(id)/stat", O_RDONLY), let bytes = try? file.readAll(),
        // The name may hold anything, so what follows is counted from its last bracket.
        let end = bytes.lastIndex(of: UInt8(ascii: ")"))
      else { return false }
      let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      return fields.count > 1 && fields[1] == "\(parent)"
    }
  }
}

extension LocalStack {
  /// Sends a signal to a part of the stack.
  ///
  /// - Returns: the processes that got it; none where the part does not run at present.
  @discardableResult
  public func signal(_ number: Int32, to part: StackPart) -> [Int32] {
    guard let state else { return [] }
    return part.processes(state).filter { kill($0, number) == 0 }
  }
}
