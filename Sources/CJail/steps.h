// Steps between the files of this library.
#ifndef RCE_JAIL_STEPS_H
#define RCE_JAIL_STEPS_H

#include "rce_init.h"
#include "rce_jail.h"

/// Makes the root file system and moves into it; ends the process on failure.
void rce_jail_make_root(const struct rce_jail *jail);

/// In a process that has staged a root: goes where nothing else is, if the sandbox needs nothing else; 1, 0, or -1 and
/// errno.
int rce_jail_enter_stage(const struct rce_jail *jail);

/// Returns from there; ends the process on failure.
void rce_jail_leave_stage(void);

/// Writes a new file with a record's data and returns its descriptor; ends the process where it is there already.
int rce_jail_write_file(const char *path, const struct rce_jail_record *record);

/// Gives up what no process of the sandbox may ever gain; ends the process on failure.
void rce_jail_drop_bounds(void);

/// Becomes the program's user, without capabilities; 0, or -1 and errno.
int rce_jail_drop_rights(const struct rce_jail *jail);

/// Landlock's rules for the MOUNT records as a descriptor; ends the process on failure.
int rce_jail_make_fence(const struct rce_jail *jail);

/// The version of Landlock's interface, 0 where there is none.
int rce_jail_landlock_version(void);

/// In the program's process, where there are no namespaces: what else keeps it apart; 0, or -1 and errno.
int rce_jail_keep_apart(const struct rce_jail *jail);

#endif
