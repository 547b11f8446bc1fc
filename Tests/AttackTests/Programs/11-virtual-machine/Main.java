import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;

class Main {
  public static void main(String[] arguments) throws Exception {
    var kept = new ArrayList<Object>();
    byte[] own = Main.class.getResourceAsStream("Main.class").readAllBytes();
    for (int i = 0;; i++) {
      switch (arguments[0]) {
        case "heap" -> kept.add(new long[1 << 17]);
        case "classes" -> kept.add(MethodHandles.lookup().defineHiddenClass(own, true));
        case "buffers" -> kept.add(ByteBuffer.allocateDirect(1 << 20));
        case "threads" -> new Thread(LockSupport::park).start();
      }
    }
  }
}
