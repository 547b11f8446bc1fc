#include "../probe.h"
int main() {
  const struct {
    const char *name;
    int family, type, protocol;
  } sockets[] = {{"vsock", 40, SOCK_STREAM, 0}, {"alg", 38, SOCK_SEQPACKET, 0}, {"packet", 17, SOCK_RAW, 768},
                 {"bluetooth", 31, SOCK_STREAM, 3}, {"xdp", 44, SOCK_RAW, 0}, {"netlink", 16, SOCK_RAW, 0},
                 {"key", 15, SOCK_RAW, 2}, {"can", 29, SOCK_RAW, 1}, {"rds", 21, SOCK_SEQPACKET, 0},
                 {"tipc", 30, SOCK_STREAM, 0}, {"kcm", 41, SOCK_SEQPACKET, 0}, {"smc", 43, SOCK_STREAM, 0}};
  for (auto &s : sockets) refused(s.name, socket(s.family, s.type, s.protocol), EAFNOSUPPORT);
}
