package import Sandbox

/// The classes of javac as the virtual machine holds them in memory, so that it need not load and check each.
package enum ClassDataArchive {
  private static let path = "/prepared/javac.jsa"

  /// How javac uses an archive; a virtual machine that it does not fit starts without it.
  static let arguments = ["-J-XX:SharedArchiveFile=" + path]

  /// Shows the archive where javac looks for it.
  static func mount(_ archive: String) -> SandboxMount {
    SandboxMount(archive, at: path)
  }

  /// How to make it: javac compiles a program that needs many of its parts, and writes down the classes at its end.
  package static func file(
    _ toolchain: Toolchain, _ environment: [EnvironmentVariable], compilerHeapMB: Int
  ) -> PreparedFile? {
    guard let compiler = toolchain.compiler, let runtime = toolchain.runtime else { return nil }
    let product = "javac.jsa"
    let flags =
      ["-J-XX:ArchiveClassesAtExit=\(Recipe.productPath)/\(product)"] + toolchain.flags(compilerHeapMB: compilerHeapMB)
    let request = SandboxRequest(
      [compiler] + flags + ["-d", "/tmp", "Main.java"], files: [SandboxFile("/box/Main.java", Array(sample.utf8))],
      mounts: toolchain.mounts, environment: environment, limits: .preparation)
    let modules = compiler.droppingLastComponent.droppingLastComponent + "/lib/modules"
    return PreparedFile(.cds, product: product, sources: [compiler, runtime, modules], request: request)
  }

  /// A program that needs many of the compiler's parts.
  static let sample = """
    import java.io.*;
    import java.util.*;
    import java.util.function.*;
    import java.util.stream.*;

    public class Main {
      enum Color { RED, GREEN }
      record Pair<A, B>(A first, B second) {}
      sealed interface Shape permits Square, Circle {}
      record Square(double side) implements Shape {}
      record Circle(double radius) implements Shape {}
      static abstract class Node<T extends Comparable<T>> {
        final List<T> items = new ArrayList<>();
        abstract T best() throws IOException;
      }

      static double area(Shape shape) {
        return shape instanceof Square s ? s.side() * s.side() : shape instanceof Circle c ? 3.14 * c.radius() : 0;
      }

      @FunctionalInterface interface Twice { int apply(int x); }

      public static void main(String[] args) throws Exception {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in))) {
          String line = reader.readLine();
          int[][] grid = new int[3][4];
          for (int i = 0; i < grid.length; i++) for (int j : grid[i]) grid[i][j] += i ^ j << 2;
          Map<String, List<Integer>> map = new TreeMap<>(Comparator.reverseOrder());
          map.computeIfAbsent("a" + line, key -> new ArrayList<>()).add(1);
          Twice twice = x -> x * 2;
          var text = map.entrySet().stream().filter(e -> e.getValue().size() > 0).map(Map.Entry::getKey)
              .collect(Collectors.joining(", "));
          String kind = switch (Color.values()[0]) { case RED -> "red"; case GREEN -> { yield "green"; } };
          StringBuilder builder = new StringBuilder(text).append(kind).append(twice.apply(2)).append(area(new Square(2)));
          System.out.printf("%s %d %s%n", builder, IntStream.range(0, 9).sum(), new Pair<>(1L, 'c'));
          Node<String> node = new Node<>() { String best() { return Collections.max(items); } };
          synchronized (node) { assert node.items.isEmpty() : "full"; }
          outer: while (true) { do { if (args.length == 0) break outer; else continue outer; } while (false); }
        } catch (IllegalStateException | IOException error) {
          throw new RuntimeException(error);
        } finally {
          System.out.flush();
        }
      }
    }
    """
}
