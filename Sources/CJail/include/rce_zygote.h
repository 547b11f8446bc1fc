// What the supervisor and a fork server of Python say to each other.
#ifndef RCE_ZYGOTE_H
#define RCE_ZYGOTE_H

#include <stddef.h>
#include <stdint.h>

/// The fork server's descriptor of a Unix socket that keeps messages apart (SOCK_SEQPACKET).
#define RCE_ZYGOTE_SOCKET 3

/// Its descriptor of what to stage (rce_jail.h), where that is open.
#define RCE_ZYGOTE_TEMPLATE 4

/// The program file whose opening makes a Python interpreter a fork server.
#define RCE_ZYGOTE_PROGRAM "/box/main.py"

/// The most control groups that one sandbox can enter.
#define RCE_ZYGOTE_MOST_GROUPS 4

/// The most descriptors that a request carries.
#define RCE_ZYGOTE_MOST_DESCRIPTORS (6 + RCE_ZYGOTE_MOST_GROUPS)

/// Asks for one sandbox. The descriptors that come along, in this order: configuration (rce_jail.h), standard input,
/// standard output, standard error, reports, the network namespace where the configuration has one, and `groups` files
/// that the sandbox's first process writes itself to.
struct rce_zygote_request {
  uint32_t groups;
};

/// The answer, with a descriptor of the sandbox's first process.
struct rce_zygote_reply {
  /// Its number, or the negated errno.
  int32_t process;
};

struct rce_jail;

/// In a server: makes sandboxes until the supervisor is gone, and then ends the process.
///
/// - copies: not 0 where a sandbox's program is this process itself, in which the call then returns, with the
///   configuration in `jail`; otherwise the program is started, and the call never returns.
void rce_zygote_serve(struct rce_jail *_Nonnull jail, int copies);

/// Asks a fork server for a sandbox: the number of its first process and a descriptor of it, or the negated errno.
int32_t rce_zygote_ask(
    int socket, const int *_Nonnull descriptors, size_t count, size_t groups, int *_Nonnull descriptor);

/// Waits for an answer, of which the first one comes when the fork server is ready.
int32_t rce_zygote_wait(int socket, int milliseconds, int *_Nonnull descriptor);

#endif
