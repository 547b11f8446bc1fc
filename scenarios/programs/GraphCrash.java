/** Steps out of an array: the runtime error of a contest. */
public class GraphCrash {
  public static void main(String[] arguments) {
    int[] distance = new int[200];
    for (int cell = 0; ; cell++) distance[cell] = cell;
  }
}
