// Writes without end.
#include <cstdio>

int main() {
  for (;;) std::puts("all work and no play makes jack a dull boy");
}
