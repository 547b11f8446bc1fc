// Calls itself without end.
class Main {
    static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    public static void main(String[] arguments) {
        System.out.println(deeper(0));
    }
}
