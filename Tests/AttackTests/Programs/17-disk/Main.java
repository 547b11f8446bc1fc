import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

class Main {
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("small")) {
      for (int i = 0; i < 100000; i++) Files.createFile(Path.of("/tmp/" + i));
      System.out.println("100000 files");
      return;
    }
    var file = new RandomAccessFile("/tmp/file", "rw");
    if (arguments[0].equals("sparse")) file.setLength(1L << 40);
    else while (true) file.write(new byte[1 << 16]);
  }
}
