#include <dirent.h>
#include <initializer_list>
#include <grp.h>
#include <sys/stat.h>
#include "../probe.h"

// Runs a program that may become somebody else, and reads what it became from a line of its status.
static void stays(const char *name, const char *path) {
  if (access(path, X_OK) != 0) return pass(name);
  int input[2];
  if (pipe(input) != 0) return fail(name, "no pipe");
  int child = fork();
  if (child == 0) {
    int none = open("/dev/null", O_WRONLY);
    dup2(input[0], 0), dup2(none, 1), dup2(none, 2);
    close(input[1]);
    execl(path, path, "nobody", nullptr);
    _exit(1);
  }
  char own[64];
  unsigned user = getuid();
  snprintf(own, sizeof own, "Uid:\t%u\t%u\t%u\t%u", user, user, user, user);
  bool same = true;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    char file[64], text[4096];
    snprintf(file, sizeof file, "/proc/%d/status", child);
    int descriptor = open(file, O_RDONLY);
    long count = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    text[count < 0 ? 0 : count] = 0;
    if (strstr(text, "Uid:") && !strstr(text, own)) same = false;
    if (strstr(text, "CapEff:") && !strstr(text, "CapEff:\t0000000000000000")) same = false;
    close(input[1]), input[1] = -1;
  }
  verdict(name, same, "it is somebody else");
}

int main() {
  fails("setuid", setuid(0));
  fails("setgid", setgid(0));
  gid_t root = 0;
  fails("setgroups", setgroups(1, &root));
  fails("setresuid", setresuid(0, 0, 0));
  for (const char *path : {"/usr/bin/su", "/usr/bin/passwd", "/usr/bin/mount", "/usr/bin/newgrp", "/usr/bin/ping"})
    stays(strrchr(path, '/') + 1, path);
  int file = open("/tmp/tool", O_WRONLY | O_CREAT, 0700);
  fails("give-away", fchown(file, 0, 0));
  char attribute[20] = {0, 0, 0, 2, -1, -1, -1, -1};
  fails("file-capabilities", syscall(SYS_fsetxattr, file, "security.capability", attribute, sizeof attribute, 0));
  fails("device", mknod("/tmp/memory", S_IFCHR | 0600, 0x101));
}
