#include <bits/stdc++.h>

int main() {
  std::vector<std::string> words = {"Hello,", "World!"};
  std::cout << words[0] << ' ' << words[1] << '\n';
}
