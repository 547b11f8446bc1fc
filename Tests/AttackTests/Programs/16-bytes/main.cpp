#include <unistd.h>
static char text[1 << 17];
static unsigned long size;
static void put(const char *bytes, unsigned long count) {
  for (unsigned long i = 0; i < count; i++) text[size++] = bytes[i];
}
// Every byte, a byte order mark, half a surrogate pair, an overlong slash; then a character of four bytes that lies
// across the end of the first 64 KiB; then the beginning of one that never ends.
int main() {
  for (int i = 0; i < 256; i++) text[size++] = (char)i;
  put("\xef\xbb\xbf\xed\xa0\x80\xc0\xaf\0\r\n", 11);
  while (size < 65534) text[size++] = 'x';
  put("\xf0\x9f\x98\x80", 4);
  put("\xf0\x9f", 2);
  for (unsigned long done = 0; done < size;) done += write(1, text + done, size - done);
}
