class Main {
  public static void main(String[] arguments) throws Exception {
    Thread.sleep(Long.MAX_VALUE);
  }
}
