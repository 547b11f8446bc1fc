// Ignores every signal that can be ignored, and never ends.
#include <csignal>

int main() {
  for (int number = 1; number < 65; ++number) std::signal(number, SIG_IGN);
  for (volatile unsigned long turns = 0;; ++turns) {}
}
