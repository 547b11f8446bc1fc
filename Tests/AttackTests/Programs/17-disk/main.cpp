#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <system_error>
#include <unistd.h>

static char block[1 << 16];

// As the standard library says that the system refused something.
static int stopped(const char *what) { throw std::system_error(errno, std::generic_category(), what); }

int main(int, char **arguments) {
  const char *kind = arguments[1];
  if (strcmp(kind, "small") == 0) {
    for (int i = 0; i < 100000; i++) {
      char name[32];
      sprintf(name, "/tmp/%d", i);
      int file = open(name, O_WRONLY | O_CREAT, 0600);
      if (file < 0) return stopped("open");
      close(file);
    }
    return puts("100000 files"), 0;
  }
  int file = open("/tmp/file", O_WRONLY | O_CREAT, 0600);
  if (strcmp(kind, "sparse") == 0) return ftruncate(file, 1l << 40) == 0 ? 0 : stopped("ftruncate");
  if (strcmp(kind, "fallocate") == 0) return fallocate(file, 0, 0, 1l << 33) == 0 ? 0 : stopped("fallocate");
  for (;;)
    if (write(file, block, sizeof block) < 0) return stopped("write");
}
