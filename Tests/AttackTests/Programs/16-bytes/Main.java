import java.io.ByteArrayOutputStream;

class Main {
  public static void main(String[] arguments) throws Exception {
    var text = new ByteArrayOutputStream();
    for (int i = 0; i < 256; i++) text.write(i);
    for (int i : new int[] {0xef, 0xbb, 0xbf, 0xed, 0xa0, 0x80, 0xc0, 0xaf, 0, 13, 10}) text.write(i);
    while (text.size() < 65534) text.write('x');
    for (int i : new int[] {0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f}) text.write(i);
    System.out.write(text.toByteArray());
    System.out.flush();
  }
}
