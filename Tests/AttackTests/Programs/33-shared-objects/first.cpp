#include <mqueue.h>
#include <semaphore.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include "../probe.h"
// Makes what would outlive a process, where that is allowed at all.
int main() {
  shmget(0x52434501, 4096, IPC_CREAT | 0666);
  semget(0x52434502, 1, IPC_CREAT | 0666);
  msgget(0x52434503, IPC_CREAT | 0666);
  mq_open("/rce-mark", O_CREAT | O_RDWR, 0666, 0);
  sem_open("/rce-mark", O_CREAT, 0666, 1);
  close(shm_open("/rce-mark", O_CREAT | O_RDWR, 0666));
  puts("made");
}
