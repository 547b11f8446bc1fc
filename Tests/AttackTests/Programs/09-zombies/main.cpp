#include <errno.h>
#include <stdio.h>
#include <unistd.h>
int main() {
  for (int i = 0; i < 5000; i++) {
    int child = fork();
    if (child == 0) _exit(0);
    if (child < 0) return printf("%s\n", errno == EAGAIN ? "EAGAIN" : "another error"), 1;
  }
  puts("5000 zombies");
}
