class Main {
  public static void main(String[] arguments) throws Exception {
    while (true) {
      System.out.print('.');
      Thread.sleep(10);
    }
  }
}
