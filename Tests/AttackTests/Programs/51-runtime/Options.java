import java.nio.file.Files;
import java.nio.file.Path;

class Main {
  static void verdict(String name, boolean good, Object what) {
    System.out.println(good ? "PASS " + name : "FAIL " + name + ": " + what);
  }

  public static void main(String[] arguments) throws Exception {
    for (var name : new String[] {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"}) {
      verdict(name, System.getenv(name) == null, System.getenv(name));
    }
    var library = Path.of("/tmp/library.so");
    Files.writeString(library, "no library");
    try {
      System.load(library.toString());
      verdict("library", false, "loaded");
    } catch (UnsatisfiedLinkError error) {
      verdict("library", true, null);
    }
    try {
      System.load("/proc/1/exe");
      verdict("first", false, "loaded");
    } catch (UnsatisfiedLinkError error) {
      verdict("first", true, null);
    }
    // Asks by a signal and a file in the place of the other machine; the first process is none and answers nothing.
    var answer = new java.io.File("/tmp/answer");
    var process =
        new ProcessBuilder("/usr/bin/env", "jcmd", "1", "VM.version").redirectErrorStream(true).redirectOutput(answer).start();
    process.waitFor(1, java.util.concurrent.TimeUnit.SECONDS);
    verdict("attach", !Files.readString(answer.toPath()).contains("HotSpot"), "attached");
    process.destroyForcibly();
  }
}
