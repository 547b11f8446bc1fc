class Main {
  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[1]);
    if (arguments[0].equals("exit")) System.exit(number);
    new ProcessBuilder("/bin/sh", "-c", "kill -" + number + " $PPID").start().waitFor();
    Thread.sleep(1000);
  }
}
