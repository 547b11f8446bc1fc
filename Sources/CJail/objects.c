// Objects of the kernel that outlive their processes and belong to a user.
#define _GNU_SOURCE
#include "rce_jail.h"

#include <errno.h>
#include <linux/keyctl.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

int rce_jail_remove_object(enum rce_jail_object kind, int id) {
  switch (kind) {
  case RCE_JAIL_SHARED_MEMORY: return shmctl(id, IPC_RMID, NULL);
  case RCE_JAIL_SEMAPHORES: return semctl(id, 0, IPC_RMID);
  case RCE_JAIL_MESSAGES: return msgctl(id, IPC_RMID, NULL);
  }
  errno = EINVAL;
  return -1;
}

void rce_jail_clear_keys(void) {
  // A kernel that has no keys, or forbids them, has none to hand on.
  syscall(SYS_keyctl, KEYCTL_CLEAR, KEY_SPEC_USER_KEYRING);
  syscall(SYS_keyctl, KEYCTL_CLEAR, KEY_SPEC_USER_SESSION_KEYRING);
}
