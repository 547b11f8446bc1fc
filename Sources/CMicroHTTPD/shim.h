// libmicrohttpd starts its daemon and tells of it through variadic functions, which Swift cannot call.
#ifndef RCE_CMICROHTTPD_SHIM_H
#define RCE_CMICROHTTPD_SHIM_H

#include <microhttpd.h>

// MHD_OPTION_THREAD_POOL_SIZE 0 or 1 is a logged warning, so a single thread takes the other branch.
static inline struct MHD_Daemon *rce_mhd_start(
    int listening, unsigned int threads, unsigned int connectionLimit, unsigned int idleTimeoutSeconds,
    MHD_AccessHandlerCallback handler, void *context, MHD_RequestCompletedCallback completed) {
  // Poll and not epoll: a single epoll thread of 0.9.75 leaves requests of several hundred connections unread.
  unsigned int flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
  if (threads > 1) {
    return MHD_start_daemon(
        flags, 0, NULL, NULL, handler, context, MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_NOTIFY_COMPLETED,
        completed, context, MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_LIMIT, connectionLimit,
        MHD_OPTION_CONNECTION_TIMEOUT, idleTimeoutSeconds, MHD_OPTION_END);
  }
  return MHD_start_daemon(
      flags, 0, NULL, NULL, handler, context, MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_NOTIFY_COMPLETED,
      completed, context, MHD_OPTION_CONNECTION_LIMIT, connectionLimit, MHD_OPTION_CONNECTION_TIMEOUT,
      idleTimeoutSeconds, MHD_OPTION_END);
}

static inline unsigned int rce_mhd_connections(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
  return info ? info->num_connections : 0;
}

#endif
