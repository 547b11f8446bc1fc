// Searches for an order that never comes: the time limit of a contest.
#include <cstdio>

int main() {
  volatile unsigned long tries = 0;
  while (true) tries = tries + 1;
}
