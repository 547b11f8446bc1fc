// Steps between the files of this library.
#ifndef RCE_JAIL_STEPS_H
#define RCE_JAIL_STEPS_H

#include "rce_jail.h"

/// Makes the root file system and moves into it; ends the process on failure.
void rce_jail_make_root(const struct rce_jail *jail);

/// Gives up what no process of the sandbox may ever gain; ends the process on failure.
void rce_jail_drop_bounds(void);

/// Becomes the program's user, without capabilities; 0, or -1 and errno.
int rce_jail_drop_rights(const struct rce_jail *jail);

#endif
