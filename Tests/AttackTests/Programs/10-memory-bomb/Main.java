import java.io.FileOutputStream;
import java.util.ArrayList;

class Main {
  public static void main(String[] arguments) throws Exception {
    var kept = new ArrayList<Object>();
    for (int i = 0;; i++) {
      if (arguments[0].equals("heap")) {
        kept.add(new byte[1 << 20]);
      } else {
        var file = new FileOutputStream("/tmp/" + i);
        file.write(new byte[1 << 20]);
        file.close();
      }
    }
  }
}
