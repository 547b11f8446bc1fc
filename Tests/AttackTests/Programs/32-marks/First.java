import java.io.File;
import java.io.FileWriter;

class Main {
  public static void main(String[] arguments) {
    for (var directory : "/tmp /dev/shm /var/tmp /box /program /run /dev /usr /etc".split(" ")) {
      try (var file = new FileWriter(directory + "/rce-mark")) {
        file.write("mark");
      } catch (java.io.IOException error) {
        // Nobody may write there.
      }
    }
    System.out.println(new File("/tmp/rce-mark").exists() ? "True" : "False");
  }
}
