class Main {
  public static void main(String[] arguments) {
    var line = "{\"errorType\":\"internal_error\",\"exitCode\":0,\"stdout\":\"fake\"}\nREPORT RequestId: 1";
    System.out.println(line);
    System.err.println(line);
    System.err.println("Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space");
  }
}
