// Reads numbers and prints the smallest, the median and the largest: a typical contest warm-up.
#include <algorithm>
#include <cstdio>
#include <vector>

int main() {
  std::vector<long> numbers;
  for (long number; std::scanf("%ld", &number) == 1;) numbers.push_back(number);
  std::sort(numbers.begin(), numbers.end());
  std::printf("%ld %ld %ld\n", numbers.front(), numbers[numbers.size() / 2], numbers.back());
}
