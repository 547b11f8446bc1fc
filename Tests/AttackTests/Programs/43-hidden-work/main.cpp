#include <signal.h>
#include <time.h>
#include <unistd.h>
static double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}
// Children that nobody waits for, so that their time is never added to their parent's.
int main() {
  signal(SIGCHLD, SIG_IGN);
  for (double end = now() + 3; now() < end;) {
    if (fork() == 0) {
      for (double stop = now() + 0.003; now() < stop;) {
      }
      _exit(0);
    }
    usleep(3000);
  }
}
