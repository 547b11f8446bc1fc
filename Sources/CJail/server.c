// A server that makes sandboxes on request: what a program pays is a copy of this process instead of the start of one.
//
// Descriptor 3 is a socket to the supervisor (rce_zygote.h). The server never runs a program's code, and ends with the
// supervisor, as all its sandboxes end with it.
#define _GNU_SOURCE
#include "rce_jail.h"
#include "rce_zygote.h"
#include "steps.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONFIG, INPUT, OUTPUT, ERRORS, REPORT, FIXED };

struct order {
  int descriptors[RCE_ZYGOTE_MOST_DESCRIPTORS];
  size_t count;
  size_t groups;
};

static void close_all(const struct order *order) {
  for (size_t i = 0; i < order->count; i++) close(order->descriptors[i]);
}

// 0 where the supervisor is gone.
static int receive(struct order *order) {
  struct rce_zygote_request request = {0};
  char control[CMSG_SPACE(sizeof(int) * RCE_ZYGOTE_MOST_DESCRIPTORS)];
  struct iovec part = {.iov_base = &request, .iov_len = sizeof request};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t size;
  do {
    size = recvmsg(RCE_ZYGOTE_SOCKET, &message, MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size != sizeof request) return 0;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (!header || header->cmsg_type != SCM_RIGHTS) return 0;
  order->count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  order->groups = request.groups;
  memcpy(order->descriptors, CMSG_DATA(header), order->count * sizeof(int));
  return order->count >= FIXED + order->groups && order->groups <= RCE_ZYGOTE_MOST_GROUPS;
}

static void answer(int32_t process, int descriptor) {
  struct rce_zygote_reply reply = {process};
  char control[CMSG_SPACE(sizeof(int))];
  struct iovec part = {.iov_base = &reply, .iov_len = sizeof reply};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (process > 0) {
    memset(control, 0, sizeof control);
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
  }
  while (sendmsg(RCE_ZYGOTE_SOCKET, &message, MSG_NOSIGNAL) < 0 && errno == EINTR) {
  }
}

static void enter_groups(const struct order *order) {
  for (size_t i = order->count - order->groups; i < order->count; i++) {
    if (write(order->descriptors[i], "0", 1) != 1) rce_jail_fail("enter", "a control group");
  }
  if (unshare(CLONE_NEWCGROUP) != 0) rce_jail_fail("make", "a namespace of control groups");
}

// Children end without being waited for; in a sandbox that would keep exit codes from whoever wants them.
static void discard_children(int areDiscarded) {
  struct sigaction action = {.sa_flags = areDiscarded ? SA_NOCLDWAIT : 0};
  action.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &action, NULL);
}

static void place_descriptors(const struct order *order) {
  for (int i = 0; i < 3; i++) {
    if (dup2(order->descriptors[INPUT + i], i) < 0) rce_jail_fail("pass", "its descriptors");
  }
}

// In the first process of a sandbox.
static void prepare_sandbox(struct rce_jail *jail, const struct order *order) {
  discard_children(0);
  place_descriptors(order);
  close(RCE_ZYGOTE_SOCKET);
  enter_groups(order);
  rce_jail_furnish(jail);
}

static _Noreturn void run_program(struct rce_jail *jail) {
  rce_jail_attend(jail, rce_jail_execute(jail));
}

// Returns in the program.
static void copy_program(struct rce_jail *jail) {
  pid_t program = fork();
  if (program < 0) rce_jail_fail("start", RCE_ZYGOTE_PROGRAM);
  if (program > 0) rce_jail_attend(jail, program);
  if (rce_jail_confine(jail) != 0) rce_jail_fail("confine", RCE_ZYGOTE_PROGRAM);
  // The change of user has taken it away; its own files below /proc are a program's to read.
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  close_range(3, ~0U, 0);
}

// 1 in a copy that is to become a program; 0 in the server.
static int serve_one(const struct order *order, struct rce_jail *jail, int copies) {
  *jail = (struct rce_jail){.report = order->descriptors[REPORT], .network = -1, .keepsGroupNamespace = 1};
  if (rce_jail_read(order->descriptors[CONFIG], jail) != 0) {
    answer(-errno, -1);
    return 0;
  }
  if (jail->header->flags & RCE_JAIL_NETWORK_GIVEN) jail->network = order->descriptors[FIXED];
  pid_t first = rce_jail_clone(jail);
  if (first == 0) {
    prepare_sandbox(jail, order);
    if (!copies) run_program(jail);
    copy_program(jail);
    return 1;
  }
  answer(first > 0 ? first : -errno, jail->first);
  if (first > 0) close(jail->first);
  munmap((void *)jail->header, jail->size);
  return 0;
}

// Where a root is to be staged, everything that one process can do for all sandboxes is done here.
static void stage(void) {
  struct rce_jail template = {.report = -1, .network = -1};
  if (fcntl(RCE_ZYGOTE_TEMPLATE, F_GETFD) < 0) return;
  if (rce_jail_read(RCE_ZYGOTE_TEMPLATE, &template) != 0) rce_jail_fail("read", "the root to stage");
  rce_jail_stage(&template);
  rce_jail_drop_bounds();
  munmap((void *)template.header, template.size);
  close(RCE_ZYGOTE_TEMPLATE);
}

void rce_zygote_serve(struct rce_jail *jail, int copies) {
  struct order order;
  discard_children(1);
  stage();
  answer(0, -1);
  while (receive(&order)) {
    if (serve_one(&order, jail, copies)) return;
    close_all(&order);
  }
  _exit(0);
}
