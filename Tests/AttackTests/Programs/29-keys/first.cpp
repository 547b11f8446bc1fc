#include "../probe.h"
int main() {
  refused("add-key-session", syscall(SYS_add_key, "user", "rce-mark", "secret", 6, -3));
  refused("add-key-user", syscall(SYS_add_key, "user", "rce-mark", "secret", 6, -4));
  refused("join-session", syscall(SYS_keyctl, 1, "rce-mark"));
  refused("link", syscall(SYS_keyctl, 8, -4, -3));
  refused("persistent", syscall(SYS_keyctl, 22, -1, -4));
}
