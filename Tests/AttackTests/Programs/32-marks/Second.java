import java.io.File;

class Main {
  public static void main(String[] arguments) {
    for (var directory : "/tmp /dev/shm /var/tmp /box /program /run /dev /usr /etc".split(" ")) {
      if (new File(directory + "/rce-mark").exists()) System.out.println(directory);
    }
    System.out.println("nothing");
  }
}
