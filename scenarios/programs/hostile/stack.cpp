// Calls itself without end.
#include <cstdio>

int deeper(volatile int depth) {
  volatile char room[4096];
  room[depth % 4096] = 1;
  return deeper(depth + 1) + room[0];
}

int main() { std::printf("%d\n", deeper(0)); }
