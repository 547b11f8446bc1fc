// libseccomp: names of system calls become a filter program for this machine's architecture.
#ifndef RCE_CSECCOMP_SHIM_H
#define RCE_CSECCOMP_SHIM_H

#include <seccomp.h>

// Casts hide these macros from Swift.
static const uint32_t RCE_SCMP_ACT_ALLOW = SCMP_ACT_ALLOW;
static const uint32_t RCE_SCMP_ACT_KILL_PROCESS = SCMP_ACT_KILL_PROCESS;

/// Refuse with an error number.
static inline uint32_t rce_scmp_act_errno(int error) { return SCMP_ACT_ERRNO(error); }

#endif
