// hiredis as Debian ships it (0.14) and later 1.x: only calls common to both are used.
#ifndef RCE_CHIREDIS_SHIM_H
#define RCE_CHIREDIS_SHIM_H

#include <hiredis/hiredis.h>

#endif
