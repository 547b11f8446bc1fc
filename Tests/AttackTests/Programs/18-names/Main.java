import java.nio.file.Files;
import java.nio.file.Path;

class Main {
  public static void main(String[] arguments) throws Exception {
    for (var name : new String[] {"n".repeat(255), "with\nnewline", "-rf", " ", "*", "$(id)", "..."}) {
      Files.createDirectory(Path.of(name)).toFile().setReadable(false, false);
    }
    // As deep as a path is long: this language has no directory of its own to go down with.
    var path = Path.of("/tmp");
    for (int i = 0; i < 2000; i++) path = Files.createDirectory(path.resolve("d"));
    System.out.println("2000 deep");
  }
}
