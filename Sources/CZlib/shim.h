// The part of zlib that is used here: one buffer in, one buffer out.
#ifndef RCE_CZLIB_SHIM_H
#define RCE_CZLIB_SHIM_H

#include <zlib.h>

#endif
