// What Glibc's Swift module leaves out of Linux's interface, and the one thing that must be C: starting a child that
// changes itself (limits, user, control group) between vfork and exec.
#ifndef RCE_CLINUX_H
#define RCE_CLINUX_H

#include "rce_init.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/types.h>

/// A resource limit for the child; `resource` is one of RLIMIT_*.
struct rce_limit {
  int resource;
  uint64_t soft;
  uint64_t hard;
};

/// How to start a child. Descriptors that are not listed are closed in the child.
struct rce_spawn {
  const char *_Nonnull path;
  char *const _Nullable *_Nonnull arguments;
  char *const _Nullable *_Nonnull environment;
  /// NULL keeps the caller's working directory.
  const char *_Nullable directory;
  /// `descriptors[i]` becomes descriptor `i` of the child; -1 opens /dev/null there.
  const int *_Nonnull descriptors;
  size_t descriptorCount;
  const struct rce_limit *_Nullable limits;
  size_t limitCount;
  /// Open descriptors of `cgroup.procs` (or `tasks`) files that the child enters before exec.
  const int *_Nullable controlGroups;
  size_t controlGroupCount;
  /// Host user and group of the child; 0 keeps the caller's.
  uint32_t userID;
  uint32_t groupID;
  /// Starts a session of its own, so that no terminal and no signal of the caller's group reaches it.
  int newSession;
  /// Starts a process group of its own within the caller's session.
  int newProcessGroup;
  /// Signal that the kernel sends to the child when the thread that started it ends; 0 for none.
  int parentDeathSignal;
};

/// Starts a child and returns its process id, or the negated errno of the step that failed.
///
/// The child shares the caller's memory until exec (vfork), so that the cost does not grow with the caller's size;
/// `*pidfd` receives a descriptor that becomes readable when the child ends.
pid_t rce_spawn(const struct rce_spawn *_Nonnull request, int *_Nonnull pidfd);

/// pidfd_open(2): a descriptor of any process, close-on-exec; -1 and errno where there is none.
int rce_pidfd_open(pid_t process);

/// pidfd_send_signal(2), which glibc 2.36 declares but Swift's Glibc module does not show.
int rce_pidfd_send_signal(int pidfd, int signal);

/// A sealed anonymous file with these bytes, its offset at the start, or the negated errno.
int rce_sealed_memory_file(const char *_Nonnull name, const void *_Nullable bytes, size_t count);

/// pipe2(2) with O_CLOEXEC, which Swift's Glibc module does not show; `ends[0]` reads.
int rce_pipe(int *_Nonnull ends);

/// openat2(2) that never leaves the directory and follows no link of any kind; -1 and errno where it fails.
///
/// EXDEV or ELOOP says that the path leads out or through a link, EAGAIN that something was moved meanwhile.
int rce_open_beneath(int directory, const char *_Nonnull path, int flags, mode_t mode);

/// getrusage(RUSAGE_THREAD).
int rce_thread_usage(struct rusage *_Nonnull usage);

/// wait4(2) on one child: its status and its resource usage, descendants that it waited for included.
pid_t rce_wait(pid_t process, int *_Nonnull status, struct rusage *_Nonnull usage, int options);

/// Names the calling thread (at most 15 bytes), as `ps -T` and `perf` show it.
void rce_name_thread(const char *_Nonnull name);

/// Lets the calling thread go before others: sched_setattr(2) with a nice value and a slice in nanoseconds, 0 for the
/// kernel's own; a shorter slice makes the thread run sooner after it woke (Linux 6.12; ignored before).
///
/// What the thread starts has neither. Returns 0, or -1 and errno (EPERM where the nice value may not be lowered).
int rce_prefer_thread(int nice, uint64_t slice);

/// prctl(PR_SET_DUMPABLE, 0): other processes of the same user can neither read nor trace this one.
void rce_hide_process(void);

/// prctl(PR_SET_CHILD_SUBREAPER, 1): orphaned descendants become this process's children.
int rce_become_subreaper(void);

#endif
