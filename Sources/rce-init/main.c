// The first process (pid 1) of a sandbox: it starts the program as its child, reaps whatever is orphaned, and tells
// the supervisor how the program ended. When it exits, the kernel kills everything that is left in the sandbox.
//
//     rce-init RESOURCE=SOFT:HARD... -- PROGRAM ARGUMENTS...
//
// The program must not be pid 1 itself: there the kernel ignores the signals that it sends to itself, so abort() would
// end in a segmentation fault. And only its parent sees the exact wait status; bubblewrap alone folds "killed by
// signal n" into "exit code 128 + n".
#define _GNU_SOURCE
#include "rce_init.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void report(int kind, int value, int64_t instant, int64_t cpu, int64_t peak) {
  struct rce_init_report report = {kind, value, instant, cpu, peak};
  while (write(RCE_INIT_REPORT_DESCRIPTOR, &report, sizeof report) < 0 && errno == EINTR) {
  }
}

static _Noreturn void fail(int error) {
  report(RCE_INIT_FAILED, error, nanoseconds(CLOCK_MONOTONIC), 0, 0);
  _exit(1);
}

// Reads "RESOURCE=SOFT:HARD". A limit above the hard one in force is lowered to it: nobody in here may raise it.
static int apply_limit(const char *text) {
  char *end;
  unsigned long resource = strtoul(text, &end, 10);
  unsigned long soft = *end == '=' ? strtoul(end + 1, &end, 10) : 0;
  unsigned long hard = *end == ':' ? strtoul(end + 1, &end, 10) : 0;
  struct rlimit limit;
  if (*end != '\0') {
    errno = EINVAL;
    return -1;
  }
  if (getrlimit((__rlimit_resource_t)resource, &limit) != 0) return -1;
  if (limit.rlim_max > hard) limit.rlim_max = hard;
  limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
  return setrlimit((__rlimit_resource_t)resource, &limit);
}

// Runs between vfork and exec, where it shares its parent's memory: it calls nothing that leaves a trace there.
static int become_program(char **limits, size_t count, char **program, char **environment) {
  // A session of its own: signals that the program sends to its group do not reach pid 1.
  if (setsid() < 0) return -1;
  for (size_t i = 0; i < count; i++) {
    if (apply_limit(limits[i]) != 0) return -1;
  }
  return execve(program[0], program, environment);
}

static pid_t start(char **limits, size_t count, char **program, char **environment) {
  volatile int failure = 0;
  pid_t child = vfork();
  if (child == 0) {
    become_program(limits, count, program, environment);
    failure = errno;
    _exit(127);
  }
  if (child < 0) fail(errno);
  if (failure != 0) fail(failure);
  return child;
}

static int wait_for(pid_t program) {
  int status = 0;
  pid_t ended;
  do {
    ended = wait(&status);
  } while (ended != program && (ended >= 0 || errno == EINTR));
  return status;
}

// The kernel would kill what is left when this process exits, but its CPU time would not be counted.
static void kill_the_rest(void) {
  kill(-1, SIGKILL);
  while (wait(NULL) >= 0 || errno == EINTR) {
  }
}

int main(int argc, char **argv, char **environment) {
  // Processes of the same user may neither read this one's memory and descriptors nor trace it.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  fcntl(RCE_INIT_REPORT_DESCRIPTOR, F_SETFD, FD_CLOEXEC);
  close_range(RCE_INIT_REPORT_DESCRIPTOR + 1, ~0U, 0);

  int split = 1;
  while (split < argc && strcmp(argv[split], "--") != 0) split++;
  if (split + 1 >= argc) fail(EINVAL);

  int64_t instant = nanoseconds(CLOCK_MONOTONIC);
  int64_t cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
  pid_t program = start(argv + 1, (size_t)(split - 1), argv + split + 1, environment);
  report(RCE_INIT_STARTED, 0, instant, cpu, 0);

  int status = wait_for(program);
  instant = nanoseconds(CLOCK_MONOTONIC);
  kill_the_rest();
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000LL +
        (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL;
  report(RCE_INIT_ENDED, status, instant, cpu, usage.ru_maxrss * 1024LL);
  return 0;
}
