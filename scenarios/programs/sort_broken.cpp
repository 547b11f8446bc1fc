// Uses a name that nobody declared: the compile error of a contest.
#include <cstdio>

int main() { std::printf("%d\n", smallest); }
