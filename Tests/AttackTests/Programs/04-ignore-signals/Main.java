class Main {
  public static void main(String[] arguments) {
    for (var name : new String[] {"TERM", "INT", "HUP", "XCPU", "PIPE"}) {
      try {
        sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> {});
      } catch (IllegalArgumentException error) {
        // The virtual machine keeps it for itself.
      }
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true); }));
    while (true) {
    }
  }
}
