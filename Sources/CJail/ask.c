// The supervisor's side of a fork server.
#define _GNU_SOURCE
#include "rce_zygote.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

static int send_request(int socket, const int *descriptors, size_t count, size_t groups) {
  struct rce_zygote_request request = {(uint32_t)groups};
  char control[CMSG_SPACE(sizeof(int) * RCE_ZYGOTE_MOST_DESCRIPTORS)] = {0};
  struct iovec part = {.iov_base = &request, .iov_len = sizeof request};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(sizeof(int) * count)};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int) * count);
  memcpy(CMSG_DATA(header), descriptors, sizeof(int) * count);
  ssize_t size;
  do {
    size = sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (size < 0 && errno == EINTR);
  return size < 0 ? -errno : 0;
}

int32_t rce_zygote_wait(int socket, int milliseconds, int *descriptor) {
  struct pollfd entry = {.fd = socket, .events = POLLIN};
  struct rce_zygote_reply reply = {0};
  char control[CMSG_SPACE(sizeof(int))];
  struct iovec part = {.iov_base = &reply, .iov_len = sizeof reply};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  int ready;
  do {
    ready = poll(&entry, 1, milliseconds);
  } while (ready < 0 && errno == EINTR);
  if (ready <= 0) return ready == 0 ? -ETIMEDOUT : -errno;
  ssize_t size = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (size != sizeof reply) return size < 0 ? -errno : -EPIPE;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  *descriptor = -1;
  if (header && header->cmsg_type == SCM_RIGHTS) memcpy(descriptor, CMSG_DATA(header), sizeof(int));
  return reply.process;
}

int32_t rce_zygote_ask(int socket, const int *descriptors, size_t count, size_t groups, int *descriptor) {
  if (count > RCE_ZYGOTE_MOST_DESCRIPTORS || groups > RCE_ZYGOTE_MOST_GROUPS) return -E2BIG;
  int result = send_request(socket, descriptors, count, groups);
  return result < 0 ? result : rce_zygote_wait(socket, 10000, descriptor);
}
