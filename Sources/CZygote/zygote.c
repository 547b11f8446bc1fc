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
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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
  rce_zygote_serve(&jail, 1);
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
