#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void pass(const char *name) { printf("PASS %s\n", name), fflush(stdout); }

static void fail(const char *name, const char *what) { printf("FAIL %s: %s\n", name, what), fflush(stdout); }

static void verdict(const char *name, bool good, const char *what) { good ? pass(name) : fail(name, what); }

// The kernel must have refused the call that came back with this, and for this reason.
static void refused(const char *name, long result, int reason = EPERM) {
  if (result >= 0) return fail(name, "it worked");
  verdict(name, errno == reason, strerror(errno));
}

// The kernel must have refused the call for whatever reason.
static void fails(const char *name, long result) { verdict(name, result < 0, "it worked"); }
