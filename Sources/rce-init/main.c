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
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static _Noreturn void fail(int error) {
  rce_init_send(RCE_INIT_REPORT_DESCRIPTOR, (struct rce_init_report){
      RCE_INIT_FAILED, error, rce_init_nanoseconds(CLOCK_MONOTONIC), 0, 0});
  _exit(1);
}

// Reads "RESOURCE=SOFT:HARD".
static int apply_limit(const char *text) {
  char *end;
  unsigned long resource = strtoul(text, &end, 10);
  unsigned long soft = *end == '=' ? strtoul(end + 1, &end, 10) : 0;
  unsigned long hard = *end == ':' ? strtoul(end + 1, &end, 10) : 0;
  if (*end != '\0') {
    errno = EINVAL;
    return -1;
  }
  return rce_init_apply_limit((unsigned)resource, soft, hard);
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

int main(int argc, char **argv, char **environment) {
  // Processes of the same user may neither read this one's memory and descriptors nor trace it.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  fcntl(RCE_INIT_REPORT_DESCRIPTOR, F_SETFD, FD_CLOEXEC);
  close_range(RCE_INIT_REPORT_DESCRIPTOR + 1, ~0U, 0);

  int split = 1;
  while (split < argc && strcmp(argv[split], "--") != 0) split++;
  if (split + 1 >= argc) fail(EINVAL);

  int64_t instant = rce_init_nanoseconds(CLOCK_MONOTONIC);
  int64_t cpu = rce_init_nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
  pid_t program = start(argv + 1, (size_t)(split - 1), argv + split + 1, environment);
  rce_init_send(RCE_INIT_REPORT_DESCRIPTOR, (struct rce_init_report){RCE_INIT_STARTED, 0, instant, cpu, 0});

  int status = rce_init_wait_for(program);
  instant = rce_init_nanoseconds(CLOCK_MONOTONIC);
  rce_init_kill_the_rest();
  rce_init_send_end(RCE_INIT_REPORT_DESCRIPTOR, status, instant);
  return 0;
}
