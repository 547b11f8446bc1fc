#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
int main() {
  char longest[256];
  memset(longest, 'n', 255), longest[255] = 0;
  const char *names[] = {longest, "with\nnewline", "-rf", " ", "\xff\xfe", "*", "$(id)", "..."};
  for (const char *name : names) mkdir(name, 0);
  int file = open("fixed", O_WRONLY | O_CREAT, 0400), flags = FS_IMMUTABLE_FL;
  printf("immutable: %s\n", ioctl(file, FS_IOC_SETFLAGS, &flags) == 0 ? "set" : "refused");
  for (int i = 0; i < 4000; i++) {
    if (mkdir("d123456789012345678901234567890123456789012345678901234567", 0700) != 0) return perror("mkdir"), 1;
    if (chdir("d123456789012345678901234567890123456789012345678901234567") != 0) return perror("chdir"), 1;
  }
  puts("4000 deep");
}
