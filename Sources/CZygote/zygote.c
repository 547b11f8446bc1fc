// Makes a Python interpreter a fork server: a process that has done everything that comes before a program, and copies
// itself into a sandbox for each program instead of doing it again.
//
// The library is loaded before the interpreter (LD_PRELOAD). The interpreter starts as for any program, up to the moment
// in which it opens the program's file: from there the call does not return here, but once in each copy, in its own
// sandbox, in which the file exists. What the copy does next is what an interpreter always does, so a program cannot tell
// the difference by its frames, its arguments or its end. The fork server itself never runs a program's code.
#define _GNU_SOURCE
#include "rce_jail.h"
#include "rce_zygote.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CONFIG, INPUT, OUTPUT, ERRORS, REPORT, FIXED };

struct order {
  int descriptors[RCE_ZYGOTE_MOST_DESCRIPTORS];
  size_t count;
  size_t groups;
};

static int is_serving;

// Before the interpreter reads its environment: no program is to see how it was started.
__attribute__((constructor)) static void hide(void) {
  char *value = getenv("LD_PRELOAD");
  if (!value) return;
  char *variable = value - strlen("LD_PRELOAD=");
  size_t size = strlen(variable);
  unsetenv("LD_PRELOAD");
  memset(variable, 0, size);
}

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

// In the first process of a sandbox; returns in its program.
static void become_sandbox(struct rce_jail *jail, const struct order *order) {
  discard_children(0);
  place_descriptors(order);
  close(RCE_ZYGOTE_SOCKET);
  enter_groups(order);
  rce_jail_furnish(jail);
  pid_t program = fork();
  if (program < 0) rce_jail_fail("start", RCE_ZYGOTE_PROGRAM);
  if (program > 0) rce_jail_attend(jail, program);
  if (rce_jail_confine(jail) != 0) rce_jail_fail("confine", RCE_ZYGOTE_PROGRAM);
  // The change of user has taken it away; its own files below /proc are a program's to read.
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  close_range(3, ~0U, 0);
}

// 1 in a program, with its configuration in `jail`; 0 in the fork server.
static int serve_one(const struct order *order, struct rce_jail *jail) {
  *jail = (struct rce_jail){.report = order->descriptors[REPORT], .network = -1, .keepsGroupNamespace = 1};
  if (rce_jail_read(order->descriptors[CONFIG], jail) != 0) {
    answer(-errno, -1);
    return 0;
  }
  if (jail->header->flags & RCE_JAIL_NETWORK_GIVEN) jail->network = order->descriptors[FIXED];
  pid_t first = rce_jail_clone(jail);
  if (first == 0) {
    become_sandbox(jail, order);
    return 1;
  }
  answer(first > 0 ? first : -errno, jail->first);
  if (first > 0) close(jail->first);
  munmap((void *)jail->header, jail->size);
  return 0;
}

// Returns once in each program.
static void serve(struct rce_jail *jail) {
  struct order order;
  discard_children(1);
  answer(0, -1);
  while (receive(&order)) {
    if (serve_one(&order, jail)) return;
    close_all(&order);
  }
  _exit(0);
}

// The interpreter's own functions, of which no header needs to be there.
#define PYTHON(result, name, ...) result (*name)(__VA_ARGS__) = (result(*)(__VA_ARGS__))dlsym(RTLD_DEFAULT, #name)

static void set_words(const char *name, const struct rce_jail *jail, const struct rce_jail_record *first) {
  PYTHON(void *, PyList_New, ssize_t);
  PYTHON(int, PyList_Append, void *, void *);
  PYTHON(void *, PyUnicode_DecodeFSDefault, const char *);
  PYTHON(int, PySys_SetObject, const char *, void *);
  void *list = PyList_New(0);
  for (const struct rce_jail_record *word = first; word; word = rce_jail_next(jail, RCE_JAIL_ARGUMENT, word)) {
    PyList_Append(list, PyUnicode_DecodeFSDefault(rce_jail_name(word)));
  }
  PySys_SetObject(name, list);
}

// Distributions keep this module in /etc, where no sandbox sees it; all that it is for is to report crashes elsewhere.
static void forget_settings(void) {
  PYTHON(void *, PyImport_GetModuleDict, void);
  PYTHON(int, PyDict_DelItemString, void *, const char *);
  PYTHON(void, PyErr_Clear, void);
  PYTHON(void *, PySys_GetObject, const char *);
  PYTHON(int, PySys_SetObject, const char *, void *);
  if (PyDict_DelItemString(PyImport_GetModuleDict(), "sitecustomize") != 0) PyErr_Clear();
  PySys_SetObject("excepthook", PySys_GetObject("__excepthook__"));
}

// The interpreter has read the fork server's arguments; the program has its own.
static void set_arguments(const struct rce_jail *jail) {
  PYTHON(int, PyGILState_Ensure, void);
  PYTHON(void, PyGILState_Release, int);
  const struct rce_jail_record *all = rce_jail_next(jail, RCE_JAIL_ARGUMENT, NULL), *own = all;
  while (own && strcmp(rce_jail_name(own), RCE_ZYGOTE_PROGRAM) != 0) own = rce_jail_next(jail, RCE_JAIL_ARGUMENT, own);
  int state = PyGILState_Ensure();
  set_words("argv", jail, own);
  set_words("orig_argv", jail, all);
  forget_settings();
  PyGILState_Release(state);
}

static void open_program(const char *path) {
  if (is_serving || strcmp(path, RCE_ZYGOTE_PROGRAM) != 0) return;
  struct rce_jail jail;
  is_serving = 1;
  serve(&jail);
  set_arguments(&jail);
  munmap((void *)jail.header, jail.size);
}

// The ways in which versions of the interpreter open a program; each stands in front of the C library's own.
#define NEXT(type, name) type next = (type)dlsym(RTLD_NEXT, name)
typedef FILE *(*opener)(const char *, const char *);
typedef int (*descriptor_opener)(const char *, int, ...);

FILE *fopen(const char *path, const char *mode) {
  NEXT(opener, "fopen");
  open_program(path);
  return next(path, mode);
}

FILE *fopen64(const char *path, const char *mode) {
  NEXT(opener, "fopen64");
  open_program(path);
  return next(path, mode);
}

int open64(const char *path, int flags, ...) {
  NEXT(descriptor_opener, "open64");
  va_list arguments;
  va_start(arguments, flags);
  int mode = va_arg(arguments, int);
  va_end(arguments);
  open_program(path);
  return next(path, flags, mode);
}
