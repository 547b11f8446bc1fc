// Runs one program in a sandbox: namespaces, a root file system of its own, no rights, limits, a system-call filter.
//
// `rce-jail --serve` makes sandboxes for as long as its supervisor lives (rce_zygote.h); `rce-jail --probe` writes a
// struct rce_jail_facts to its standard output. Otherwise it takes no arguments and makes one sandbox: descriptor 5 is
// the configuration (rce_jail.h), descriptors 0 to 2 are the program's, 3 takes reports of its start and end
// (rce_init.h), 4 the number of the sandbox's first process, 6 may be a network namespace. It ends when every process of
// the sandbox is gone; killed, it takes the sandbox along.
#define _GNU_SOURCE
#include "rce_jail.h"
#include "rce_zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void become_sandbox(const struct rce_jail *jail) {
  close(RCE_JAIL_INFO_DESCRIPTOR);
  if (jail->network >= 0) close(jail->network);
  rce_jail_furnish(jail);
  rce_jail_attend(jail, rce_jail_execute(jail));
}

static int tell_facts(void) {
  struct rce_jail_facts facts;
  if (rce_jail_probe(&facts) != 0) rce_jail_fail("probe", "the kernel");
  return write(1, &facts, sizeof facts) == sizeof facts ? 0 : 1;
}

static int wait_for(pid_t first) {
  int status = 0;
  // What the program writes to must not be held open from here.
  close_range(0, RCE_JAIL_NETWORK_DESCRIPTOR, 0);
  while (waitpid(first, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

int main(int argc, char **argv) {
  struct rce_jail jail = {.report = RCE_JAIL_REPORT_DESCRIPTOR, .network = -1};
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (argc == 2 && strcmp(argv[1], "--serve") == 0) rce_zygote_serve(&jail, 0);
  if (argc == 2 && strcmp(argv[1], "--probe") == 0) return tell_facts();
  if (rce_jail_read(RCE_JAIL_CONFIG_DESCRIPTOR, &jail) != 0) rce_jail_fail("read", "its configuration");
  close(RCE_JAIL_CONFIG_DESCRIPTOR);
  if (fcntl(jail.report, F_SETFD, FD_CLOEXEC) != 0) rce_jail_fail("find", "its report");
  if (jail.header->flags & RCE_JAIL_NO_NAMESPACES) rce_jail_run_plain(&jail);
  if (jail.header->flags & RCE_JAIL_NETWORK_GIVEN) jail.network = RCE_JAIL_NETWORK_DESCRIPTOR;
  pid_t first = rce_jail_clone(&jail);
  if (first < 0) rce_jail_fail("make", "namespaces");
  if (first == 0) become_sandbox(&jail);
  dprintf(RCE_JAIL_INFO_DESCRIPTOR, "{\"child-pid\": %d}\n", first);
  return wait_for(first);
}
