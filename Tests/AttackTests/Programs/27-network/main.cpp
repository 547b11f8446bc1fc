#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <sys/un.h>
#include "../probe.h"

// Like a client with little patience: waits for the answer that must not come.
static void unreachable(const char *name, const sockaddr *address, socklen_t size) {
  int client = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (connect(client, address, size) == 0) return fail(name, "connected");
  pollfd entry = {client, POLLOUT, 0};
  int error = 0;
  socklen_t length = sizeof error;
  if (errno == EINPROGRESS) {
    if (poll(&entry, 1, 100) > 0 && getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0)
      return fail(name, "connected");
  }
  close(client);
  pass(name);
}

static void unreachable4(const char *name, const char *host, int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)port);
  inet_pton(AF_INET, host, &address.sin_addr);
  unreachable(name, (sockaddr *)&address, sizeof address);
}

static void unreachable6(const char *name, const char *host, int port) {
  sockaddr_in6 address = {};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons((uint16_t)port);
  inet_pton(AF_INET6, host, &address.sin6_addr);
  unreachable(name, (sockaddr *)&address, sizeof address);
}

// Arguments: the port of a listener on the host's loopback, the name of its abstract socket.
int main(int, char **arguments) {
  unreachable4("host-listener", "127.0.0.1", atoi(arguments[1]));
  sockaddr_un abstract = {};
  abstract.sun_family = AF_UNIX;
  strcpy(abstract.sun_path + 1, arguments[2]);
  unreachable("host-abstract", (sockaddr *)&abstract, (socklen_t)(offsetof(sockaddr_un, sun_path) + 1 + strlen(arguments[2])));
  unreachable4("metadata", "169.254.169.254", 80);
  unreachable4("credentials", "169.254.170.2", 80);
  unreachable6("metadata-6", "fd00:ec2::254", 80);
  unreachable4("redis", "127.0.0.1", 6379);
  unreachable4("postgres", "127.0.0.1", 5432);
  unreachable6("loopback-6", "::1", 6379);
  unreachable4("internet", "1.1.1.1", 443);
  verdict("runtime-api", getenv("AWS_LAMBDA_RUNTIME_API") == 0, "its address is in the environment");
  addrinfo *found = 0;
  verdict("dns", getaddrinfo("example.com", "80", 0, &found) != 0, "a name was found");
  int datagram = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in server = {};
  server.sin_family = AF_INET;
  server.sin_port = htons(53);
  inet_pton(AF_INET, "8.8.8.8", &server.sin_addr);
  fails("datagram", sendto(datagram, "x", 1, 0, (sockaddr *)&server, sizeof server));
  fails("raw", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
  fails("raw-6", socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));
  fails("netlink", socket(AF_NETLINK, SOCK_RAW, 0));
}
