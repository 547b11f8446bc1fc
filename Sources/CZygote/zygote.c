// Makes a Python interpreter a fork server: a process that has done everything that comes before a program, and copies
// itself into a sandbox for each program instead of doing it again.
//
// The library is loaded before the interpreter (LD_PRELOAD). The interpreter starts as for any program, up to the moment
// in which it opens the program's file: from there the call does not return here, but once in each copy, in its own
// sandbox, in which the file exists. The copy runs it as the interpreter would, below no frame of any other code, so that a
// program cannot tell the difference by its frames, its arguments or its end. The fork server itself never runs a
// program's code.
#define _GNU_SOURCE
#include "rce_jail.h"
#include "rce_zygote.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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

// What the interpreter calls a whole file and one expression.
enum { PY_FILE = 257, PY_EXPRESSION = 258 };

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

// What is there before any program need not be looked through for garbage in each of them.
//
// `finish` then is what a copy does at its end instead of taking the whole interpreter apart, which would cost it more than
// most programs take: it ends the program's own modules as the interpreter does, with all that a destructor may want to
// do, and leaves the interpreter's own to the kernel. It refuses, and all is done, where more than that may be seen.
static const char helper[] =
    "import gc, sys\n"
    "from _thread import _count\n"
    "from _weakref import ref\n"
    "del sys.modules['gc']\n"
    "base = set(sys.modules) - {'__main__'}\n"
    "def clear(names):\n"
    "  for name in list(names):\n"
    "    if name[:1] == '_' and name[1:2] != '_': names[name] = None\n"
    "  for name in list(names):\n"
    "    if name != '__builtins__': names[name] = None\n"
    "def finish():\n"
    "  modules, exits = sys.modules, sys.modules.get('atexit')\n"
    "  if 'threading' in modules or _count() or exits and exits._ncallbacks(): return False\n"
    "  if sys.stdout is not sys.__stdout__ or sys.stderr is not sys.__stderr__: return False\n"
    "  sys.stdout.flush()\n"
    "  for name in 'last_type', 'last_value', 'last_traceback': sys.__dict__.pop(name, None)\n"
    "  own = [name for name in modules if name not in base]\n"
    "  left = [ref(modules[name]) for name in own if modules[name] is not None]\n"
    "  for name in own: modules[name] = None\n"
    "  gc.collect()\n"
    "  left = [module for module in left if module() is not None]\n"
    "  for module in reversed(left): clear(module().__dict__)\n"
    "  if left: gc.collect()\n"
    "  sys.__stdout__.flush()\n"
    "  sys.__stderr__.flush()\n"
    "  return True\n"
    "gc.collect()\n"
    "gc.freeze()\n"
    // The program's module must not be among what is never looked through: it may hold itself.
    "main = type(sys)('__main__')\n"
    "main.__dict__.update(sys.modules['__main__'].__dict__)\n"
    "sys.modules['__main__'] = main\n"
    "del main\n";

static void *names_of_helper;

static void prepare_end(void) {
  PYTHON(int, PyGILState_Ensure, void);
  PYTHON(void, PyGILState_Release, int);
  PYTHON(void *, PyDict_New, void);
  PYTHON(void *, PyEval_GetBuiltins, void);
  PYTHON(int, PyDict_SetItemString, void *, const char *, void *);
  PYTHON(void *, PyRun_StringFlags, const char *, int, void *, void *, void *);
  PYTHON(void, PyErr_Print, void);
  int state = PyGILState_Ensure();
  names_of_helper = PyDict_New();
  PyDict_SetItemString(names_of_helper, "__builtins__", PyEval_GetBuiltins());
  if (!PyRun_StringFlags(helper, PY_FILE, names_of_helper, names_of_helper, NULL)) PyErr_Print();
  PyGILState_Release(state);
}

// As the interpreter names a program's module.
static void *names_of_program(void) {
  PYTHON(void *, PyImport_AddModule, const char *);
  PYTHON(void *, PyModule_GetDict, void *);
  PYTHON(int, PyDict_SetItemString, void *, const char *, void *);
  PYTHON(void *, PyImport_ImportModule, const char *);
  PYTHON(void *, PyObject_CallMethod, void *, const char *, const char *, ...);
  PYTHON(void *, PyUnicode_FromString, const char *);
  void *none = dlsym(RTLD_DEFAULT, "_Py_NoneStruct");
  void *names = PyModule_GetDict(PyImport_AddModule("__main__"));
  void *importlib = PyImport_ImportModule("_frozen_importlib_external");
  PyDict_SetItemString(names, "__file__", PyUnicode_FromString(RCE_ZYGOTE_PROGRAM));
  PyDict_SetItemString(names, "__cached__", none);
  PyDict_SetItemString(
      names, "__loader__",
      PyObject_CallMethod(importlib, "SourceFileLoader", "ss", "__main__", RCE_ZYGOTE_PROGRAM));
  return names;
}

// The exit code of what a program has raised; -1 where the interpreter itself must see to its end.
static int exit_code(void) {
  PYTHON(int, PyErr_ExceptionMatches, void *);
  PYTHON(void, PyErr_Fetch, void **, void **, void **);
  PYTHON(void, PyErr_NormalizeException, void **, void **, void **);
  PYTHON(void, PyErr_Restore, void *, void *, void *);
  PYTHON(void *, PyObject_GetAttrString, void *, const char *);
  PYTHON(long, PyLong_AsLong, void *);
  PYTHON(void, PyErr_Clear, void);
  PYTHON(void, PyErr_Print, void);
  if (PyErr_ExceptionMatches(*(void **)dlsym(RTLD_DEFAULT, "PyExc_KeyboardInterrupt"))) return -1;
  if (!PyErr_ExceptionMatches(*(void **)dlsym(RTLD_DEFAULT, "PyExc_SystemExit"))) {
    PyErr_Print();
    return 1;
  }
  void *type, *value, *trace;
  PyErr_Fetch(&type, &value, &trace);
  PyErr_NormalizeException(&type, &value, &trace);
  void *code = PyObject_GetAttrString(value, "code");
  if (code == dlsym(RTLD_DEFAULT, "_Py_NoneStruct")) return 0;
  long number = code ? PyLong_AsLong(code) : -1;
  if (number >= 0 && number <= 255) return (int)number;
  PyErr_Clear();
  PyErr_Restore(type, value, trace);
  return -1;
}

static _Noreturn void end(int code) {
  PYTHON(void *, PyRun_StringFlags, const char *, int, void *, void *, void *);
  PYTHON(void, PyErr_Clear, void);
  PYTHON(void, Py_Exit, int);
  void *isDone = PyRun_StringFlags("finish()", PY_EXPRESSION, names_of_helper, names_of_helper, NULL);
  if (isDone == dlsym(RTLD_DEFAULT, "_Py_TrueStruct")) {
    fflush(NULL);
    _exit(code);
  }
  if (!isDone) PyErr_Clear();
  Py_Exit(code);
  abort();
}

// In the copy: what the interpreter does with a program's file.
static _Noreturn void run(FILE *file) {
  PYTHON(int, PyGILState_Ensure, void);
  PYTHON(void *, PyRun_FileExFlags, FILE *, const char *, int, void *, void *, int, void *);
  PYTHON(void, PyErr_Print, void);
  PYTHON(int, Py_FinalizeEx, void);
  PyGILState_Ensure();
  void *names = names_of_program();
  int code = 0;
  if (!PyRun_FileExFlags(file, RCE_ZYGOTE_PROGRAM, PY_FILE, names, names, 1, NULL)) code = exit_code();
  if (code >= 0) end(code);
  // Ends the process where this was SystemExit.
  PyErr_Print();
  Py_FinalizeEx();
  signal(SIGINT, SIG_DFL);
  kill(getpid(), SIGINT);
  _exit(128 + SIGINT);
}

static int is_program(const char *path) {
  if (is_serving || strcmp(path, RCE_ZYGOTE_PROGRAM) != 0) return 0;
  struct rce_jail jail;
  is_serving = 1;
  prepare_end();
  rce_zygote_serve(&jail, 1);
  set_arguments(&jail);
  munmap((void *)jail.header, jail.size);
  return 1;
}

// The ways in which versions of the interpreter open a program; each stands in front of the C library's own.
#define NEXT(type, name) type next = (type)dlsym(RTLD_NEXT, name)
typedef FILE *(*opener)(const char *, const char *);

static FILE *open_file(const char *path, const char *mode, opener next) {
  if (!is_program(path)) return next(path, mode);
  FILE *file = next(path, mode);
  if (file) run(file);
  return file;
}

FILE *fopen(const char *path, const char *mode) {
  NEXT(opener, "fopen");
  return open_file(path, mode, next);
}

FILE *fopen64(const char *path, const char *mode) {
  NEXT(opener, "fopen64");
  return open_file(path, mode, next);
}
