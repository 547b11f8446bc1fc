// What the first process of every sandbox does, whichever program it is.
#define _GNU_SOURCE
#include "rce_init.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int64_t rce_init_nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void rce_init_send(int descriptor, struct rce_init_report report) {
  while (write(descriptor, &report, sizeof report) < 0 && errno == EINTR) {
  }
}

void rce_init_send_end(int descriptor, int status, int64_t instant) {
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  int64_t cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000LL +
                (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL;
  rce_init_send(descriptor, (struct rce_init_report){RCE_INIT_ENDED, status, instant, cpu, usage.ru_maxrss * 1024LL});
}

int rce_init_wait_for(pid_t program) {
  int status = 0;
  pid_t ended;
  do {
    ended = wait(&status);
  } while (ended != program && (ended >= 0 || errno == EINTR));
  return status;
}

// The kernel would kill what is left when process 1 exits, but its CPU time would not be counted.
void rce_init_kill_the_rest(void) {
  kill(-1, SIGKILL);
  while (wait(NULL) >= 0 || errno == EINTR) {
  }
}

int rce_init_apply_limit(unsigned resource, uint64_t soft, uint64_t hard) {
  struct rlimit limit;
  if (getrlimit((__rlimit_resource_t)resource, &limit) != 0) return -1;
  if (limit.rlim_max > hard) limit.rlim_max = hard;
  limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
  return setrlimit((__rlimit_resource_t)resource, &limit);
}
