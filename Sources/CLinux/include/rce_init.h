// What rce-init, the first process of a sandbox, tells the supervisor outside.
#ifndef RCE_INIT_H
#define RCE_INIT_H

#include <stdint.h>

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

#endif
