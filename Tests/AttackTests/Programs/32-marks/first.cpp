#include <fcntl.h>
#include <initializer_list>
#include <stdio.h>
#include <unistd.h>
int main() {
  char path[64];
  for (const char *directory : {"/tmp", "/dev/shm", "/var/tmp", "/box", "/program", "/run", "/dev", "/usr", "/etc", ""}) {
    snprintf(path, sizeof path, "%s/rce-mark", directory);
    close(open(path, O_WRONLY | O_CREAT, 0666));
  }
  puts(access("/tmp/rce-mark", F_OK) == 0 ? "True" : "False");
}
