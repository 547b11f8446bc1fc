static int deeper(int n) {
  volatile char frame[1024];
  frame[0] = (char)n;
  return deeper(n + 1) + frame[0];
}
int main() { return deeper(0); }
