constexpr long spin(long n) {
  long sum = 0;
  for (long i = 0; i < n; i++) sum += i ^ n;
  return sum;
}
#define FOUR(x) spin(250000 + x), spin(250001 + x), spin(250002 + x), spin(250003 + x)
#define MANY(x) FOUR(x), FOUR(x + 4), FOUR(x + 8), FOUR(x + 12)
constexpr long all[] = {MANY(0), MANY(100), MANY(200), MANY(300), MANY(400), MANY(500), MANY(600), MANY(700)};
int main() { return (int)all[0]; }
