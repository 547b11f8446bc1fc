// Makes the compiler work: tables that are computed while it compiles, maps and a sort with their templates.
#include <algorithm>
#include <array>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>
#include <regex>
#include <string>
#include <utility>
#include <vector>

template <std::size_t N>
constexpr unsigned long fibonacci = fibonacci<N - 1> + fibonacci<N - 2>;
template <>
constexpr unsigned long fibonacci<0> = 0;
template <>
constexpr unsigned long fibonacci<1> = 1;

template <std::size_t... I>
constexpr auto table(std::index_sequence<I...>) {
  return std::array<unsigned long, sizeof...(I)>{fibonacci<I>...};
}

int main() {
  constexpr auto numbers = table(std::make_index_sequence<80>());
  std::map<unsigned long, std::vector<std::string>> byDigit;
  for (auto number : numbers) byDigit[number % 10].push_back(std::to_string(number));
  const std::regex ends("[0-9]*7");
  const auto sevens = std::count_if(
      byDigit[7].begin(), byDigit[7].end(), [&](const std::string& text) { return std::regex_match(text, ends); });
  const auto sum = std::accumulate(numbers.begin(), numbers.begin() + 40, 0ul, std::plus<>());
  std::cout << sevens << ' ' << sum << '\n';
}
