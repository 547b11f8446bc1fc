import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

class Main {
  interface Action {
    void run() throws Exception;
  }

  static void fails(String name, Action action) {
    try {
      action.run();
      System.out.println("FAIL " + name + ": it worked");
    } catch (Exception error) {
      System.out.println("PASS " + name);
    }
  }

  static void unreachable(String name, String host, int port) {
    fails(name, () -> new Socket().connect(new InetSocketAddress(InetAddress.getByName(host), port), 100));
  }

  public static void main(String[] arguments) {
    unreachable("host-listener", "127.0.0.1", Integer.parseInt(arguments[0]));
    unreachable("metadata", "169.254.169.254", 80);
    unreachable("credentials", "169.254.170.2", 80);
    unreachable("metadata-6", "fd00:ec2::254", 80);
    unreachable("redis", "127.0.0.1", 6379);
    unreachable("internet", "1.1.1.1", 443);
    fails("dns", () -> InetAddress.getByName("example.com"));
  }
}
