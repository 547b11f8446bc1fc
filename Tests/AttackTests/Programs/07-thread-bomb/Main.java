class Main {
  public static void main(String[] arguments) {
    for (int i = 0; i < 5000; i++) {
      var thread = new Thread(() -> { while (true) java.util.concurrent.locks.LockSupport.park(); });
      thread.setDaemon(true);
      thread.start();
    }
    System.out.println("5000 threads");
  }
}
