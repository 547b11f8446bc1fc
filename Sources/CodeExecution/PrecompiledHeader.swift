package import Sandbox

/// `<bits/stdc++.h>`, parsed once: nine tenths of the time that a program which includes it takes to compile.
package enum PrecompiledHeader {
  /// Where the compiler looks for it in the sandbox.
  private static let directory = "/prepared"

  /// What makes the compiler use a header file; the compiler itself refuses one of another version or other flags.
  static let arguments = ["-I" + directory]

  /// Shows the header file where the compiler looks for it.
  static func mount(_ path: String) -> SandboxMount {
    SandboxMount(path, at: directory + "/bits/stdc++.h.gch")
  }

  /// Shows a directory that has the header file and what stands for it.
  static func mount(folder: String) -> SandboxMount {
    SandboxMount(folder, at: directory)
  }

  /// What the compiler reads where it cannot use the header file, as when a program includes the header once more.
  static let substitute = SandboxFile(
    directory + "/bits/stdc++.h", Array("#pragma GCC system_header\n#include_next <bits/stdc++.h>\n".utf8))

  /// How to make it; nil where the compiler is not g++, whose rules these are.
  package static func file(_ toolchain: Toolchain, _ environment: [EnvironmentVariable]) -> PreparedFile? {
    guard let compiler = toolchain.compiler, let name = compiler.split(separator: "/").last,
      name.contains("g++"), !name.contains("clang")
    else { return nil }
    let product = "stdc++.h.gch"
    // Named like a program's source: messages tell the file that includes the header by the name it had then.
    let source = SandboxFile("/box/main.cpp", Array("#include <bits/stdc++.h>\n".utf8))
    let request = SandboxRequest(
      [compiler, "-x", "c++-header"] + toolchain.flags(compilerHeapMB: 0) + arguments
        + ["-o", Recipe.productPath + "/" + product, "main.cpp"],
      files: [source], mounts: toolchain.mounts, environment: environment, limits: .preparation)
    return PreparedFile(
      .pch, product: product, sources: [compiler, "/usr/include/c++", "/usr/include/stdio.h"], request: request)
  }
}

extension SandboxLimits {
  /// For commands that prepare a file: the wall-clock limit is long because machines may sleep between jobs.
  static let preparation = Self(
    wall: .seconds(600), cpu: .seconds(120), memoryBytes: 1 << 30, outputBytes: 64 << 10, processes: 64,
    fileBytes: 512 << 20)
}
