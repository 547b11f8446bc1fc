#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <linux/openat2.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Raw system calls: glibc's setuid family signals every thread of the process, and after vfork those are the parent's.
static int become_user(uint32_t user, uint32_t group) {
  if (group != 0) {
    if (syscall(SYS_setgroups, 0, NULL) != 0) return -1;
    if (syscall(SYS_setresgid, group, group, group) != 0) return -1;
  }
  return user != 0 ? (int)syscall(SYS_setresuid, user, user, user) : 0;
}

// Every source is first moved above the target range, so that no move overwrites a source that is still needed.
static int place_descriptors(const int *descriptors, size_t count) {
  // Bubblewrap gets one for each file that it places.
  int moved[128];
  if (count > 128) {
    errno = E2BIG;
    return -1;
  }
  for (size_t i = 0; i < count; i++) {
    int source = descriptors[i] >= 0 ? descriptors[i] : open("/dev/null", O_RDWR | O_CLOEXEC);
    moved[i] = source < 0 ? -1 : fcntl(source, F_DUPFD, (int)count);
    if (moved[i] < 0) return -1;
  }
  for (size_t i = 0; i < count; i++) {
    if (dup2(moved[i], (int)i) < 0) return -1;
  }
  return (int)syscall(SYS_close_range, (unsigned)count, ~0U, 0);
}

static int enter_control_groups(const int *groups, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (write(groups[i], "0", 1) != 1) return -1;
  }
  return 0;
}

static int apply_limits(const struct rce_limit *limits, size_t count) {
  for (size_t i = 0; i < count; i++) {
    struct rlimit limit = {.rlim_cur = limits[i].soft, .rlim_max = limits[i].hard};
    if (setrlimit((__rlimit_resource_t)limits[i].resource, &limit) != 0) return -1;
  }
  return 0;
}

static void reset_signals(void) {
  // The kernel's own structure, all zero: the standard action. glibc's sigaction refuses the two signals that it keeps
  // for itself, and a caller's caller may have ignored them.
  const unsigned long standard[4] = {0};
  for (int signal = 1; signal <= 64; signal++) {
    if (signal != SIGKILL && signal != SIGSTOP) syscall(SYS_rt_sigaction, signal, standard, NULL, sizeof(unsigned long));
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

// The signal is only sent for a death after this call: a parent that died before it is noticed by its absence.
static int die_with_parent(int signal, pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, signal) != 0) return -1;
  if (getppid() == parent) return 0;
  errno = ESRCH;
  return -1;
}

static int become_child(const struct rce_spawn *request, pid_t parent) {
  if (request->newSession && setsid() < 0) return -1;
  if (request->newProcessGroup && setpgid(0, 0) < 0) return -1;
  if (request->directory && chdir(request->directory) != 0) return -1;
  if (enter_control_groups(request->controlGroups, request->controlGroupCount) != 0) return -1;
  if (become_user(request->userID, request->groupID) != 0) return -1;
  // After the change of user, which clears it.
  if (request->parentDeathSignal && die_with_parent(request->parentDeathSignal, parent) != 0) return -1;
  if (place_descriptors(request->descriptors, request->descriptorCount) != 0) return -1;
  // After the descriptors have their small numbers: a limit on them counts those of the parent until then.
  if (apply_limits(request->limits, request->limitCount) != 0) return -1;
  reset_signals();
  execve(request->path, request->arguments, request->environment);
  return -1;
}

pid_t rce_spawn(const struct rce_spawn *request, int *pidfd) {
  sigset_t all, before;
  sigfillset(&all);
  // A handler of the parent's must not run in the child while both share one memory.
  pthread_sigmask(SIG_SETMASK, &all, &before);
  volatile int failure = 0;
  const pid_t parent = getpid();
  pid_t child = vfork();
  if (child == 0) {
    become_child(request, parent);
    failure = errno;
    _exit(127);
  }
  int error = child < 0 ? errno : failure;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (child < 0) return -error;
  if (error != 0) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    return -error;
  }
  *pidfd = rce_pidfd_open(child);
  if (*pidfd >= 0) return child;
  // Without the descriptor nobody could wait for the child with a deadline, so it must not go on.
  error = errno;
  kill(child, SIGKILL);
  while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
  return -error;
}

int rce_pidfd_open(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int rce_pidfd_send_signal(int pidfd, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int rce_sealed_memory_file(const char *name, const void *bytes, size_t count) {
  int file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) return -errno;
  size_t written = 0;
  while (written < count) {
    ssize_t step = write(file, (const char *)bytes + written, count - written);
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) goto fail;
    written += (size_t)step;
  }
  if (lseek(file, 0, SEEK_SET) != 0) goto fail;
  if (fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) goto fail;
  return file;
fail: {
  int error = errno;
  close(file);
  return -error;
}
}

int rce_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }

int rce_thread_usage(struct rusage *usage) { return getrusage(RUSAGE_THREAD, usage); }

pid_t rce_wait(pid_t process, int *status, struct rusage *usage, int options) {
  return wait4(process, status, options, usage);
}

void rce_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

int rce_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int rce_open_beneath(int directory, const char *path, int flags, mode_t mode) {
  struct open_how how = {
      .flags = (uint64_t)(flags | O_CLOEXEC),
      // The kernel refuses a mode without O_CREAT.
      .mode = flags & O_CREAT ? mode : 0,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
  };
  return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

// As in linux/sched/types.h, which cannot stand beside every C library's sched.h.
struct scheduling {
  uint32_t size, policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime, deadline, period;
};

int rce_prefer_thread(int nice, uint64_t slice) {
  const uint64_t reset_on_fork = 1;
  struct scheduling wanted = {
      .size = sizeof wanted, .policy = SCHED_OTHER, .flags = reset_on_fork, .nice = nice, .runtime = slice};
  return (int)syscall(SYS_sched_setattr, 0, &wanted, 0);
}

void rce_hide_process(void) { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
