// libmicrohttpd starts its daemon through a variadic function, which Swift cannot call: one wrapper per way to start.
#ifndef RCE_CMICROHTTPD_SHIM_H
#define RCE_CMICROHTTPD_SHIM_H

#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

// MHD_OPTION_THREAD_POOL_SIZE 0 or 1 is a logged warning, so a single thread takes the other branch.
static inline struct MHD_Daemon *rce_mhd_start(
    unsigned int flags, const struct sockaddr *address, unsigned int threads, unsigned int connectionLimit,
    unsigned int idleTimeoutSeconds, MHD_AccessHandlerCallback handler, void *context,
    MHD_RequestCompletedCallback completed) {
  if (threads > 1) {
    return MHD_start_daemon(
        flags, 0, NULL, NULL, handler, context, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_NOTIFY_COMPLETED, completed,
        context, MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_LIMIT, connectionLimit,
        MHD_OPTION_CONNECTION_TIMEOUT, idleTimeoutSeconds, MHD_OPTION_END);
  }
  return MHD_start_daemon(
      flags, 0, NULL, NULL, handler, context, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_NOTIFY_COMPLETED, completed,
      context, MHD_OPTION_CONNECTION_LIMIT, connectionLimit, MHD_OPTION_CONNECTION_TIMEOUT, idleTimeoutSeconds,
      MHD_OPTION_END);
}

#endif
