// A sandbox as one value, and the steps that make it real.
//
// The value travels as one sealed memory file, so that no secret stands in an argument and nothing is looked up by path
// after the program could have changed it: a header, then records, each followed by its name and its data.
#ifndef RCE_JAIL_H
#define RCE_JAIL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define RCE_JAIL_MAGIC 0x6a656372u
#define RCE_JAIL_VERSION 1u

/// Descriptors that rce-jail is started with, beside the program's own three.
enum {
  RCE_JAIL_REPORT_DESCRIPTOR = 3,
  RCE_JAIL_INFO_DESCRIPTOR = 4,
  RCE_JAIL_CONFIG_DESCRIPTOR = 5,
  RCE_JAIL_NETWORK_DESCRIPTOR = 6,
};

/// Flags of the header.
enum {
  /// The caller is not root: a user namespace gives the rights, and its one user is the caller.
  RCE_JAIL_USER_NAMESPACE = 1,
  /// Descriptor 6 is a network namespace to enter; otherwise a new one is made.
  RCE_JAIL_NETWORK_GIVEN = 2,
  /// The root file system is a copy of the one that the caller has staged; records only add to it.
  RCE_JAIL_STAGED = 4,
  /// No namespaces: the program sees the host's own files and processes, as the caller's user (plain.c). Of the records
  /// that place something, FILE is obeyed, and MOUNT as far as Landlock goes.
  RCE_JAIL_NO_NAMESPACES = 8,
  /// Landlock keeps the program to the paths of the MOUNT records; with RCE_JAIL_NO_NAMESPACES only.
  RCE_JAIL_LANDLOCK = 16,
};

/// How rce-jail exits where there are no namespaces.
enum {
  /// Processes that had outlived the program had to be killed.
  RCE_JAIL_OUTLIVED = 4,
  /// Processes are left that could not be killed.
  RCE_JAIL_LEFT = 3,
};

struct rce_jail_header {
  uint32_t magic;
  uint32_t version;
  uint32_t flags;
  /// The program's user and group: on the host, or inside the user namespace.
  uint32_t user;
  /// Bytes of records that follow.
  uint64_t size;
};

/// What a record says.
enum {
  /// Shows `data` (a path of the host) at `name`; `number`: RCE_JAIL_WRITABLE, RCE_JAIL_DEVICE.
  RCE_JAIL_MOUNT = 1,
  /// A symbolic link at `name` to `data`.
  RCE_JAIL_LINK,
  /// A private file system at `name`: mode `number`, at most `first` bytes in at most `second` files.
  RCE_JAIL_TMPFS,
  /// A file at `name` that holds `data`: mode `number`, the program's own where `first` is not 0.
  RCE_JAIL_FILE,
  /// The process information at `name`.
  RCE_JAIL_PROC,
  /// Hides the file at `name` where there is one.
  RCE_JAIL_MASK,
  /// The resource limit `number`: soft `first`, hard `second`.
  RCE_JAIL_LIMIT,
  /// The system-call filter: `data` is an array of struct sock_filter.
  RCE_JAIL_FILTER,
  /// The working directory `name`.
  RCE_JAIL_DIRECTORY,
  /// The next argument, the program's own path first: `name`.
  RCE_JAIL_ARGUMENT,
  /// A directory at `name`, for something to be mounted at.
  RCE_JAIL_POINT,
  /// A variable of the environment, NAME=VALUE: `name`.
  RCE_JAIL_VARIABLE,
};

enum {
  RCE_JAIL_WRITABLE = 1,
  RCE_JAIL_DEVICE = 2,
};

/// Followed by `nameLength` bytes and a zero, `dataLength` bytes and a zero, and zeros up to a multiple of 8.
struct rce_jail_record {
  uint32_t kind;
  uint32_t number;
  uint64_t first;
  uint64_t second;
  uint32_t nameLength;
  uint32_t dataLength;
};

/// A configuration that has been read and checked.
struct rce_jail {
  const struct rce_jail_header *_Nullable header;
  size_t size;
  /// Where rce_init_report values go; closed when the program is started.
  int report;
  /// A network namespace, or -1.
  int network;
  /// Not 0 where the first process makes its namespace of control groups itself, after it has entered them.
  int keepsGroupNamespace;
  /// Not 0 where the first process begins in the staged root.
  int isOnStage;
  /// The first process, as a descriptor, once it was started.
  int first;
  /// The process that made the sandbox, as a descriptor; the sandbox ends with it.
  int parent;
  /// The rules of Landlock, or -1.
  int fence;
  /// The caller's ids, read before a user namespace hides them.
  uid_t callerUser;
  gid_t callerGroup;
};

/// Maps a configuration and checks that every record lies within it; 0, or -1 and errno.
int rce_jail_read(int descriptor, struct rce_jail *_Nonnull jail);

/// The record after another one of the same kind, or the first of its kind for NULL; NULL at the end.
const struct rce_jail_record *_Nullable rce_jail_next(
    const struct rce_jail *_Nonnull jail, uint32_t kind, const struct rce_jail_record *_Nullable after);

/// The zero-terminated name of a record, and its data.
const char *_Nonnull rce_jail_name(const struct rce_jail_record *_Nonnull record);
const char *_Nonnull rce_jail_data(const struct rce_jail_record *_Nonnull record);

/// In a process that makes many sandboxes: makes the root file system that all of them are to have, once, in a mount
/// namespace of its own; ends the process on failure.
void rce_jail_stage(const struct rce_jail *_Nonnull template);

/// Starts the sandbox's first process in namespaces of its own: its number in the caller, 0 in itself, -1 and errno.
pid_t rce_jail_clone(struct rce_jail *_Nonnull jail);

/// In the first process: makes the root file system and gives up what its children must not have; ends it on failure.
void rce_jail_furnish(const struct rce_jail *_Nonnull jail);

/// In the program's process: gives up every right, after which only the program's own code may run; 0, or -1 and errno.
int rce_jail_confine(const struct rce_jail *_Nonnull jail);

/// In the first process: starts the program by execve(2), and reports a failure to.
pid_t rce_jail_execute(const struct rce_jail *_Nonnull jail);

/// In the first process: waits for the program, reaps, reports and ends.
_Noreturn void rce_jail_attend(const struct rce_jail *_Nonnull jail, pid_t program);

/// Runs the program without namespaces, and ends with one of the codes above or 0.
_Noreturn void rce_jail_run_plain(struct rce_jail *_Nonnull jail);

/// Kills every descendant of the caller but the spared children and what is below them; how many are still alive.
///
/// One pass: what was started meanwhile is found by the next. Descendants are only found while the caller is the
/// reaper of orphans (PR_SET_CHILD_SUBREAPER). Children that have ended are reaped, but for the spared ones.
size_t rce_jail_kill_descendants(const pid_t *_Nullable spared, size_t count);

/// The same until none is left or 2 s have passed; how many are left.
size_t rce_jail_end_descendants(const pid_t *_Nullable spared, size_t count);

/// The caller's living children; how many there are, which may be more than the room for them.
size_t rce_jail_children(pid_t *_Nonnull children, size_t room);

/// Kinds of System V's objects.
enum rce_jail_object {
  RCE_JAIL_SHARED_MEMORY,
  RCE_JAIL_SEMAPHORES,
  RCE_JAIL_MESSAGES,
};

/// Removes one by its number; 0, or -1 and errno.
int rce_jail_remove_object(enum rce_jail_object kind, int id);

/// Removes all keys that the caller's user shares among its processes.
void rce_jail_clear_keys(void);

/// What this kernel offers to a process of the caller's user.
struct rce_jail_facts {
  /// Namespaces that a process may make, by CLONE_NEW flags; those beside CLONE_NEWUSER inside a user namespace.
  uint32_t namespaces;
  /// The version of Landlock's interface, 0 where there is none.
  int32_t landlock;
  /// Each of these is 0 or 1: whether a filter of system calls can be set, whether the caller's children can be traced
  /// by its user, whether a process can hide its memory and environment, whether it can become the reaper of orphans.
  uint8_t filter;
  uint8_t trace;
  uint8_t hide;
  uint8_t reap;
};

/// Finds them out by trying, in children of the caller, which must have a single thread; 0, or -1 and errno.
int rce_jail_probe(struct rce_jail_facts *_Nonnull facts);

/// A network namespace with nothing but its own loopback, as a descriptor, or the negated errno.
///
/// The calling thread is in its own namespace again afterwards.
int rce_jail_make_network(void);

/// Switches the loopback interface of the caller's network namespace on; 0, or -1 and errno.
int rce_jail_raise_loopback(void);

/// Writes what failed to standard error, with errno in words, and ends the process.
_Noreturn void rce_jail_fail(const char *_Nonnull step, const char *_Nonnull object);

#endif
