#include <initializer_list>
#include "../probe.h"
int main() {
  refused("request-key", syscall(SYS_request_key, "user", "rce-mark", 0, 0));
  refused("search", syscall(SYS_keyctl, 10, -4, "user", "rce-mark", 0));
  for (const char *path : {"/proc/keys", "/proc/key-users"}) {
    static char text[1 << 16];
    int file = open(path, O_RDONLY);
    long count = file < 0 ? 0 : read(file, text, sizeof text - 1);
    verdict(path, count <= 0, text);
  }
}
