#define _GNU_SOURCE
#include "rce_jail.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int rce_jail_raise_loopback(void) {
  struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING};
  memcpy(request.ifr_name, "lo", 3);
  int socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return -1;
  int result = ioctl(socket_, SIOCSIFFLAGS, &request);
  int error = errno;
  close(socket_);
  errno = error;
  return result;
}

static void set(const char *path, const char *value) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  // A kernel without the setting keeps what it would keep; see below for what is at stake.
  if (write(file, value, strlen(value)) < 0) errno = 0;
  close(file);
}

// Programs that use one namespace after another must not meet: a closed connection would keep its port for a minute,
// and the kernel remembers how fast a peer was.
static void forget_connections(void) {
  set("/proc/sys/net/ipv4/tcp_max_tw_buckets", "0");
  set("/proc/sys/net/ipv4/tcp_no_metrics_save", "1");
}

int rce_jail_make_network(void) {
  int own = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  if (own < 0) return -errno;
  int made = -1;
  int error = 0;
  if (unshare(CLONE_NEWNET) == 0) {
    if (rce_jail_raise_loopback() == 0) made = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    error = errno;
    forget_connections();
    // In the wrong namespace this thread would do everything else without a network.
    if (setns(own, CLONE_NEWNET) != 0) rce_jail_fail("return to", "the network");
  } else {
    error = errno;
  }
  close(own);
  return made >= 0 ? made : -error;
}
