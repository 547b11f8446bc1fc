// Forgets to sort: it ends well, with the wrong answer.
#include <cstdio>
#include <vector>

int main() {
  std::vector<long> numbers;
  for (long number; std::scanf("%ld", &number) == 1;) numbers.push_back(number);
  std::printf("%ld %ld %ld\n", numbers.front(), numbers[numbers.size() / 2], numbers.back());
}
