class Main {
  public static void main(String[] arguments) throws Exception {
    for (var process : ProcessHandle.allProcesses().toList()) {
      if (process.pid() != ProcessHandle.current().pid()) process.destroyForcibly();
    }
    System.out.println("PASS first");
    var supervisor = ProcessHandle.of(Long.parseLong(arguments[0]));
    System.out.println(supervisor.isEmpty() ? "PASS supervisor" : "FAIL supervisor: it is seen");
    new ProcessBuilder("/bin/sh", "-c", "kill -9 -1").start().waitFor();
  }
}
