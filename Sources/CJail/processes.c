// The processes of a sandbox: the first one (pid 1), which reaps and reports, and the program (pid 2).
//
// The program must not be pid 1 itself: there the kernel ignores the signals that it sends to itself, so abort() would
// end in a segmentation fault.
#define _GNU_SOURCE
#include "rce_init.h"
#include "rce_jail.h"
#include "steps.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST_WORDS 4096

_Noreturn void rce_jail_fail(const char *step, const char *object) {
  dprintf(2, "rce-jail cannot %s %s: %s\n", step, object, strerror(errno));
  _exit(1);
}

// The signal is sent only for a death after the call; one that came before shows in the descriptor.
static void die_with_parent(const struct rce_jail *jail) {
  struct pollfd entry = {.fd = jail->parent, .events = POLLIN};
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) rce_jail_fail("watch", "its parent");
  if (poll(&entry, 1, 0) != 0) _exit(1);
}

pid_t rce_jail_clone(struct rce_jail *jail) {
  unsigned long flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_PIDFD | SIGCHLD;
  if (!jail->keepsGroupNamespace) flags |= CLONE_NEWCGROUP;
  if (jail->header->flags & RCE_JAIL_USER_NAMESPACE) flags |= CLONE_NEWUSER;
  if (jail->network < 0) {
    flags |= CLONE_NEWNET;
  } else if (setns(jail->network, CLONE_NEWNET) != 0) {
    return -1;
  }
  jail->callerUser = geteuid();
  jail->callerGroup = getegid();
  jail->parent = (int)syscall(SYS_pidfd_open, getpid(), 0);
  if (jail->parent < 0) return -1;
  jail->isOnStage = rce_jail_enter_stage(jail);
  pid_t child = jail->isOnStage < 0 ? -1 : (pid_t)syscall(SYS_clone, flags, NULL, &jail->first, NULL, NULL);
  if (child == 0) {
    die_with_parent(jail);
    return 0;
  }
  int error = errno;
  if (jail->isOnStage > 0) rce_jail_leave_stage();
  close(jail->parent);
  errno = error;
  return child;
}

static void map(const char *path, const char *format, uint32_t inside, uint32_t outside) {
  char text[64];
  int size = snprintf(text, sizeof text, format, inside, outside);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0 || write(file, text, (size_t)size) != size) rce_jail_fail("write", path);
  close(file);
}

static void map_users(const struct rce_jail *jail) {
  uint32_t user = jail->header->user;
  // A process that is not dumpable may not write its own files below /proc.
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  // Without it the kernel does not let anyone map a group (user_namespaces(7)).
  map("/proc/self/setgroups", "deny", 0, 0);
  map("/proc/self/uid_map", "%u %u 1", user, jail->callerUser);
  map("/proc/self/gid_map", "%u %u 1", user, jail->callerGroup);
}

void rce_jail_furnish(const struct rce_jail *jail) {
  if (jail->header->flags & RCE_JAIL_USER_NAMESPACE) map_users(jail);
  // Processes of the same user may neither read this one's memory and descriptors nor trace it.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (jail->network < 0 && rce_jail_raise_loopback() != 0) rce_jail_fail("raise", "loopback");
  if (sethostname("sandbox", 7) != 0) rce_jail_fail("name", "the sandbox");
  rce_jail_make_root(jail);
  if (!(jail->header->flags & RCE_JAIL_STAGED)) rce_jail_drop_bounds();
}

static size_t words(const struct rce_jail *jail, uint32_t kind, char **list) {
  size_t count = 0;
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, kind, record))) {
    if (count == MOST_WORDS) {
      errno = E2BIG;
      rce_jail_fail("pass", "so many arguments");
    }
    list[count++] = (char *)rce_jail_name(record);
  }
  list[count] = NULL;
  return count;
}

pid_t rce_jail_execute(const struct rce_jail *jail) {
  static char *arguments[MOST_WORDS + 1], *environment[MOST_WORDS + 1];
  words(jail, RCE_JAIL_VARIABLE, environment);
  if (words(jail, RCE_JAIL_ARGUMENT, arguments) == 0) {
    errno = EINVAL;
    rce_jail_fail("start", "no program");
  }
  volatile int failure = 0;
  pid_t program = vfork();
  if (program == 0) {
    if (rce_jail_confine(jail) == 0) execve(arguments[0], arguments, environment);
    failure = errno;
    _exit(127);
  }
  if (program < 0) rce_jail_fail("start", arguments[0]);
  if (failure == 0) return program;
  rce_init_send(jail->report, (struct rce_init_report){RCE_INIT_FAILED, failure, rce_init_nanoseconds(CLOCK_MONOTONIC), 0, 0});
  _exit(1);
}

void rce_jail_attend(const struct rce_jail *jail, pid_t program) {
  int64_t instant = rce_init_nanoseconds(CLOCK_MONOTONIC);
  rce_init_send(jail->report, (struct rce_init_report){
      RCE_INIT_STARTED, 0, instant, rce_init_nanoseconds(CLOCK_PROCESS_CPUTIME_ID), 0});
  // From here on it needs nothing but to wait, to signal its own user's processes and to write one report.
  if (rce_jail_drop_rights(jail) != 0) rce_jail_fail("give up", "its rights");
  // The change of user has taken both back.
  die_with_parent(jail);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  close_range(0, 2, 0);

  int status = rce_init_wait_for(program);
  instant = rce_init_nanoseconds(CLOCK_MONOTONIC);
  rce_init_kill_the_rest();
  rce_init_send_end(jail->report, status, instant);
  _exit(0);
}
