#include <initializer_list>
#include <stdio.h>
#include <unistd.h>
int main() {
  char path[64];
  for (const char *directory : {"/tmp", "/dev/shm", "/var/tmp", "/box", "/program", "/run", "/dev", "/usr", "/etc", ""}) {
    snprintf(path, sizeof path, "%s/rce-mark", directory);
    if (access(path, F_OK) == 0) printf("%s\n", path);
  }
  puts("nothing");
}
