// What a program must not have: rights, limits above its own, calls that it does not need.
#define _GNU_SOURCE
#include "rce_jail.h"
#include "steps.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Everything here is a raw system call, because it also runs between vfork(2) and execve(2), where glibc's setuid family
// would signal the threads of the parent.
static int become_user(const struct rce_jail *jail) {
  if (jail->header->flags & (RCE_JAIL_USER_NAMESPACE | RCE_JAIL_NO_NAMESPACES)) return 0;
  uint32_t user = jail->header->user;
  if (syscall(SYS_setgroups, 0, NULL) != 0) return -1;
  if (syscall(SYS_setresgid, user, user, user) != 0) return -1;
  return (int)syscall(SYS_setresuid, user, user, user);
}

static int drop_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2] = {{0}};
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return -1;
  return (int)syscall(SYS_capset, &header, none);
}

void rce_jail_drop_bounds(void) {
  for (int capability = 0; capability < 64; capability++) {
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) {
      // The kernel has no more of them.
      if (errno == EINVAL && capability > 0) break;
      rce_jail_fail("drop", "capabilities");
    }
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) rce_jail_fail("set", "no_new_privs");
}

int rce_jail_drop_rights(const struct rce_jail *jail) {
  return become_user(jail) == 0 ? drop_capabilities() : -1;
}

static int apply_limits(const struct rce_jail *jail) {
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, RCE_JAIL_LIMIT, record))) {
    if (rce_init_apply_limit(record->number, record->first, record->second) != 0) return -1;
  }
  return 0;
}

static int filter_calls(const struct rce_jail *jail) {
  const struct rce_jail_record *record = rce_jail_next(jail, RCE_JAIL_FILTER, NULL);
  if (!record) return 0;
  struct sock_fprog program = {
      .len = (unsigned short)(record->dataLength / sizeof(struct sock_filter)),
      .filter = (struct sock_filter *)rce_jail_data(record),
  };
  // Against speculation there are better means than slowing every program down by half (seccomp(2)).
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program);
}

int rce_jail_confine(const struct rce_jail *jail) {
  const struct rce_jail_record *directory = rce_jail_next(jail, RCE_JAIL_DIRECTORY, NULL);
  // A session of its own: no terminal, and signals that the program sends to its group do not reach pid 1.
  if (syscall(SYS_setsid) < 0) return -1;
  if (apply_limits(jail) != 0) return -1;
  if (rce_jail_drop_rights(jail) != 0) return -1;
  if (directory && chdir(rce_jail_name(directory)) != 0) return -1;
  if (jail->header->flags & RCE_JAIL_NO_NAMESPACES && rce_jail_keep_apart(jail) != 0) return -1;
  return filter_calls(jail);
}
