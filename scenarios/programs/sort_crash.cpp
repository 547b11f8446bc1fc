// Wants more numbers than there are, and is ended by a signal: the runtime error of a contest.
#include <cstdio>
#include <cstdlib>
#include <vector>

int main() {
  std::vector<long> numbers;
  for (long number; std::scanf("%ld", &number) == 1;) numbers.push_back(number);
  if (numbers.size() < 1'000'000) std::abort();
  std::printf("%ld\n", numbers.front());
}
