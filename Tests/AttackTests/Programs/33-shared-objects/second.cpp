#include <mqueue.h>
#include <semaphore.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include "../probe.h"
int main() {
  fails("shared-memory", shmget(0x52434501, 4096, 0));
  fails("semaphore", semget(0x52434502, 1, 0));
  fails("messages", msgget(0x52434503, 0));
  fails("posix-messages", mq_open("/rce-mark", O_RDONLY));
  verdict("posix-semaphore", sem_open("/rce-mark", 0) == SEM_FAILED, "it is there");
  fails("posix-memory", shm_open("/rce-mark", O_RDONLY, 0));
}
