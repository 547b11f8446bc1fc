public class ../../../tmp/Outside {
  public static void main(String[] arguments) {}
}
