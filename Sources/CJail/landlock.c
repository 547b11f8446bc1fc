// Landlock: the files, the network and the processes that a program may reach without a namespace around it.
//
// The numbers are the kernel's own, because a header may be older than the kernel.
#define _GNU_SOURCE
#include "rce_jail.h"
#include "steps.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define READ_RIGHTS (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define TRUNCATE_RIGHT (1ULL << 14)
#define DEVICE_CONTROL_RIGHT (1ULL << 15)
// All that has to do with the content of one file.
#define FILE_RIGHTS                                                                                      \
  (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | TRUNCATE_RIGHT | \
   DEVICE_CONTROL_RIGHT)

struct ruleset {
  uint64_t files;
  /// Binding and connecting of TCP sockets.
  uint64_t network;
  /// Abstract addresses and signals of processes outside.
  uint64_t scope;
};

int rce_jail_landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? (int)version : 0;
}

static uint64_t file_rights(int version) {
  int bits = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  return (1ULL << bits) - 1;
}

static void allow(int fence, const struct rce_jail_record *record, uint64_t all) {
  const char *path = rce_jail_data(record);
  struct landlock_path_beneath_attr rule = {.parent_fd = open(path, O_PATH | O_CLOEXEC)};
  struct stat information;
  if (rule.parent_fd < 0 || fstat(rule.parent_fd, &information) != 0) rce_jail_fail("find", path);
  uint64_t device = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
  rule.allowed_access = record->number & RCE_JAIL_WRITABLE ? all
                        : record->number & RCE_JAIL_DEVICE ? device
                                                           : READ_RIGHTS;
  if (!S_ISDIR(information.st_mode)) rule.allowed_access &= FILE_RIGHTS & all;
  if (syscall(SYS_landlock_add_rule, fence, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) rce_jail_fail("allow", path);
  close(rule.parent_fd);
}

int rce_jail_make_fence(const struct rce_jail *jail) {
  int version = rce_jail_landlock_version();
  uint64_t all = file_rights(version);
  // No rule allows any of the other two.
  struct ruleset rules = {.files = all, .network = version >= 4 ? 3 : 0, .scope = version >= 6 ? 3 : 0};
  size_t size = version >= 6 ? sizeof rules : version >= 4 ? 16 : 8;
  int fence = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (fence < 0) rce_jail_fail("make", "rules of Landlock");
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, RCE_JAIL_MOUNT, record))) allow(fence, record, all);
  return fence;
}
