import java.io.File;

class Main {
  public static void main(String[] arguments) {
    new File("/program/Main.class").delete();
    new File("/box").renameTo(new File("/tmp/box"));
    new File("/box").delete();
    new File("/tmp").delete();
    System.out.println("done");
  }
}
