import java.util.ArrayDeque;
import java.util.Arrays;

/** Breadth-first search on a grid with walls: the number of steps from corner to corner. */
public class Graph {
  private static final int SIZE = 200;

  public static void main(String[] arguments) {
    int[] distance = new int[SIZE * SIZE];
    Arrays.fill(distance, -1);
    distance[0] = 0;
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    queue.add(0);
    int[] steps = {1, -1, SIZE, -SIZE};
    while (!queue.isEmpty()) {
      int cell = queue.remove();
      for (int step : steps) {
        int next = cell + step;
        boolean wraps = Math.abs(step) == 1 && next / SIZE != cell / SIZE;
        if (next < 0 || next >= SIZE * SIZE || wraps || isWall(next) || distance[next] >= 0) continue;
        distance[next] = distance[cell] + 1;
        queue.add(next);
      }
    }
    System.out.println(distance[SIZE * SIZE - 1]);
  }

  /** Every fourth row is a wall with one gap, left and right in turn. */
  private static boolean isWall(int cell) {
    int row = cell / SIZE;
    int column = cell % SIZE;
    if (row % 4 != 2) return false;
    return column != (row % 8 == 2 ? SIZE - 1 : 0);
  }
}
