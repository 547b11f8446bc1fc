// One program without namespaces, for kernels that allow none: everything runs as the caller's user among the host's
// own files and processes, so what is left is to keep hold of each process, and to leave none behind.
#define _GNU_SOURCE
#include "rce_init.h"
#include "rce_jail.h"
#include "steps.h"

#include <errno.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RCE_JAIL_PLAIN_NICE = 10 };

int rce_jail_keep_apart(const struct rce_jail *jail) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  // Those who watch and end a tree of processes must not wait for its processes; this needs no right, going back does.
  if (setpriority(PRIO_PROCESS, 0, RCE_JAIL_PLAIN_NICE) != 0) return -1;
  // For this process alone; the rest of a tree whose supervisor is lost is found by whoever reaps it.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -1;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  // Keys of a session of its own; a kernel that refuses has none to share.
  syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
  return jail->fence < 0 ? 0 : (int)syscall(SYS_landlock_restrict_self, jail->fence, 0);
}

static void write_files(const struct rce_jail *jail) {
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, RCE_JAIL_FILE, record))) {
    // The directory is new and nobody else's.
    close(rce_jail_write_file(rce_jail_name(record), record));
  }
}

static void block_signals(sigset_t *signals) {
  sigemptyset(signals);
  sigaddset(signals, SIGTERM);
  sigaddset(signals, SIGCHLD);
  if (sigprocmask(SIG_BLOCK, signals, NULL) != 0) rce_jail_fail("block", "signals");
}

// Waits for the program, or until the supervisor wants its end; 1 where it did.
static int wait_for(pid_t program, const sigset_t *signals, int *status) {
  for (;;) {
    pid_t ended;
    while ((ended = waitpid(-1, status, WNOHANG)) > 0) {
      if (ended == program) return 0;
    }
    if (sigwaitinfo(signals, NULL) == SIGTERM) return 1;
  }
}

// Kills the program; how it ended.
static int end_program(pid_t program) {
  int status = SIGKILL;
  kill(program, SIGKILL);
  while (waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// Whether anything of the tree still lives: every process of it hangs below a child.
static int has_children(void) {
  pid_t ended;
  while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) {
  }
  return ended == 0;
}

_Noreturn void rce_jail_run_plain(struct rce_jail *jail) {
  sigset_t signals;
  int status = 0;
  block_signals(&signals);
  if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) rce_jail_fail("reap", "orphans");
  write_files(jail);
  jail->fence = jail->header->flags & RCE_JAIL_LANDLOCK ? rce_jail_make_fence(jail) : -1;
  // The tree hangs below this process, which its supervisor therefore takes for the sandbox's first one.
  dprintf(RCE_JAIL_INFO_DESCRIPTOR, "{\"child-pid\": %d}\n", getpid());
  close(RCE_JAIL_INFO_DESCRIPTOR);
  pid_t program = rce_jail_execute(jail);
  rce_init_send(jail->report, (struct rce_init_report){
      RCE_INIT_STARTED, 0, rce_init_nanoseconds(CLOCK_MONOTONIC), rce_init_nanoseconds(CLOCK_PROCESS_CPUTIME_ID), 0});
  // What the program writes to must not be held open from here.
  close_range(0, 2, 0);

  int isStopped = wait_for(program, &signals, &status);
  int64_t instant = rce_init_nanoseconds(CLOCK_MONOTONIC);
  if (isStopped) status = end_program(program);
  int outlived = has_children();
  size_t left = outlived ? rce_jail_end_descendants(NULL, 0) : 0;
  if (isStopped) instant = rce_init_nanoseconds(CLOCK_MONOTONIC);
  rce_init_send_end(jail->report, status, instant);
  _exit(left > 0 ? RCE_JAIL_LEFT : outlived && !isStopped ? RCE_JAIL_OUTLIVED : 0);
}
