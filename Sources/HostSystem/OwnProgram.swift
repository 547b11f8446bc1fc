import Glibc

/// The program that this process runs.
public enum OwnProgram {
  /// The folder of the program's file, links resolved; "." where /proc does not tell.
  public static var directory: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) } ?? "."
  }
}
