class Main {
  public static void main(String[] arguments) {
    var block = "x".repeat(1 << 16);
    for (int i = 0;; i++) {
      boolean errors = arguments[0].equals("both") ? i % 2 == 1 : arguments[0].equals("2");
      (errors ? System.err : System.out).print(block);
    }
  }
}
