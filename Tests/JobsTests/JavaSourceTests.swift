import Jobs
import Testing

@Suite("A Java source names its file and its class")
struct JavaSourceTests {
  @Test(
    "by the public type and by the one with main",
    arguments: [
      ("public class Foo { public static void main(String[] a) {} }", "Foo", "Foo"),
      ("class Foo { public static void main(String[] a) {} }", "Foo", "Foo"),
      ("class A {} public class B { static void f() {} } class C { static void main(String[] a) {} }", "B", "C"),
      ("package a.b; class X { public static void main(String... a) {} }", "X", "a.b.X"),
      (
        "interface I { int f(); } enum E { A, B } class M { void g() {} public static void main(String[] a) {} }", "M",
        "M"
      ),
      (
        "/* public class Wrong { main( } */ // class Wrong\nclass R { String s = \"class W {\"; char c = '\"'; static void main(String[] a) {} }",
        "R", "R"
      ),
      (
        "class T { String s = \"\"\"\n class \" W { \\\"\"\" \"\"\"; } class U { static void main(String[] a) {} }",
        "U", "U"
      ),
      ("@A(B.class) public final class Q { class Inner {} public static void main(String[] a) {} }", "Q", "Q"),
      ("public record P(int x) { public static void main(String[] a) {} }", "P", "P"),
      ("class Outer { static class Inner { public static void main(String[] a) {} } }", "Outer", "Outer"),
      ("public class Only { }", "Only", "Only"),
      ("class Ä { public static void main(String[] a) {} }", "Ä", "Ä"),
      ("", "Main", "Main"),
      ("class", "Main", "Main"),
      ("class \"", "Main", "Main"),
      ("}}}} class X { static void main() {} }", "Main", "Main"),
    ])
  func names(text: String, file: String, main: String) {
    let source = JavaSource(text)
    #expect(source.fileName == file)
    #expect(source.mainClass == main)
  }

  @Test("no name leaves the directory, whatever the source says")
  func hostileNames() {
    for text in ["class ../../x {}", "class /etc/passwd { static void main( }", "package ../..; class X { main( }"] {
      let source = JavaSource(text)
      #expect(!source.fileName.contains("/") && !source.fileName.contains("."))
      #expect(!source.mainClass.contains("/"))
    }
  }
}
