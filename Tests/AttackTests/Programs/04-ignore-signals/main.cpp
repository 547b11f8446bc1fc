#include <signal.h>
int main() {
  for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
  volatile bool on = true;
  while (on) {
  }
}
