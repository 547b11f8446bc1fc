// What rce-init, the first process of a sandbox, tells the supervisor outside.
#ifndef RCE_INIT_H
#define RCE_INIT_H

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

/// What a report says; the meaning of its fields depends on it.
enum {
  /// The program has been started.
  RCE_INIT_STARTED = 1,
  /// The program has ended.
  RCE_INIT_ENDED = 2,
  /// The program could not be started.
  RCE_INIT_FAILED = 3,
};

/// One report: a single write to the report pipe, which is far below PIPE_BUF and so arrives whole.
struct rce_init_report {
  int32_t kind;
  /// ENDED: the status as wait(2) gives it. FAILED: errno.
  int32_t value;
  /// CLOCK_MONOTONIC at the event, in nanoseconds.
  int64_t instant;
  /// STARTED: CPU nanoseconds that setting up the sandbox took. ENDED: those of every process waited for.
  int64_t cpu;
  /// ENDED: the largest resident set among the processes waited for, in bytes.
  int64_t peakMemory;
};

/// The descriptor of rce-init that the reports go to.
#define RCE_INIT_REPORT_DESCRIPTOR 3

/// A clock's reading in nanoseconds.
int64_t rce_init_nanoseconds(clockid_t clock);

/// Writes a report, which nobody may be left to read.
void rce_init_send(int descriptor, struct rce_init_report report);

/// Writes that the program has ended, with the usage of every process that was waited for.
void rce_init_send_end(int descriptor, int status, int64_t instant);

/// Waits for the program and reaps whatever else ends until then; its status as wait(2) gives it.
int rce_init_wait_for(pid_t program);

/// As process 1: kills every other process and reaps it, so that its CPU time is counted.
void rce_init_kill_the_rest(void);

/// Sets a limit of this process (setrlimit(2)); one above the hard limit in force is lowered to it, because nobody in a
/// sandbox may raise it. 0, or -1 and errno.
int rce_init_apply_limit(unsigned resource, uint64_t soft, uint64_t hard);

#endif
