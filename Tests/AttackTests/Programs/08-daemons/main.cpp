#include <stdio.h>
#include <unistd.h>
// Sessions of their own, started twice removed, with nothing open: what service programs do to live on.
static void daemon_that_stays() {
  if (fork() > 0) return;
  setsid();
  if (fork() > 0) _exit(0);
  for (int i = 0; i < 3; i++) close(i);
  for (;;) {
    if (vfork() == 0) _exit(0);
    usleep(1000);
  }
}
int main() {
  for (int i = 0; i < 8; i++) daemon_that_stays();
  usleep(50000);
  puts("gone");
}
