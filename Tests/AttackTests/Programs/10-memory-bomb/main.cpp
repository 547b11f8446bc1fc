#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <unistd.h>

static char block[1 << 20];

static void write_all(int file) {
  while (write(file, block, sizeof block) > 0) {
  }
}

int main(int, char **arguments) {
  const char *kind = arguments[1];
  memset(block, 1, sizeof block);
  if (strcmp(kind, "heap") == 0)
    for (;;) memset(new char[sizeof block], 1, sizeof block);
  if (strcmp(kind, "sparse") == 0) {
    char *area = (char *)mmap(0, 1ul << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    for (size_t i = 0; i < 1ul << 40; i += 4096) area[i] = 1;
  }
  // Each child keeps what it has: together they are over the limit, none of them is alone.
  for (int i = 0; i < 8; i++) {
    int child = fork();
    if (child != 0) continue;
    for (int n = 0; n < 120; n++) {
      if (strcmp(kind, "tmp") == 0 || strcmp(kind, "shm") == 0) {
        char name[64];
        sprintf(name, "%s/%d-%d", kind[0] == 't' ? "/tmp" : "/dev/shm", i, n);
        int file = open(name, O_WRONLY | O_CREAT, 0600);
        if (write(file, block, sizeof block) < 0) break;
      } else if (strcmp(kind, "memfd") == 0) {
        int file = memfd_create("m", 0);
        if (file < 0 || write(file, block, sizeof block) < 0) break;
      } else if (strcmp(kind, "pipes") == 0) {
        int ends[2];
        if (pipe2(ends, O_NONBLOCK) != 0) break;
        fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
        write_all(ends[1]);
      } else if (strcmp(kind, "sockets") == 0) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0) break;
        write_all(ends[0]);
        write_all(ends[1]);
      } else if (strcmp(kind, "sysv") == 0) {
        int id = shmget(IPC_PRIVATE, sizeof block, IPC_CREAT | 0600);
        char *area = id < 0 ? (char *)-1 : (char *)shmat(id, 0, 0);
        if (area == (char *)-1) break;
        memset(area, 1, sizeof block);
      }
    }
    for (;;) pause();
  }
  for (;;) pause();
}
