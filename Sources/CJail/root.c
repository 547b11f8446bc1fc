// The root file system of a sandbox, made in the mount namespace of its first process.
#define _GNU_SOURCE
#include "rce_jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST_MOUNTS 64
#define OLD_ROOT "/.host"

// glibc 2.36 cannot have <sys/mount.h> beside <linux/mount.h>, so these are the kernel's own calls and numbers.
#define MNT_DETACH 2
static int mount_(const char *source, const char *target, const char *type, unsigned long flags, const char *options) {
  return (int)syscall(SYS_mount, source, target, type, flags, options);
}

static int set_attributes(int directory, const char *path, unsigned flags, uint64_t set) {
  struct mount_attr attributes = {.attr_set = set};
  return (int)syscall(SYS_mount_setattr, directory, path, flags, &attributes, sizeof attributes);
}

// A copy of a part of the host's tree, not mounted anywhere yet. All of them are taken before anything is mounted, which
// could hide what they lie below.
static int copy_tree(const struct rce_jail_record *record) {
  const char *source = rce_jail_data(record);
  int tree = (int)syscall(
      SYS_open_tree, AT_FDCWD, source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (unsigned)AT_RECURSIVE);
  if (tree < 0) rce_jail_fail("open", source);
  uint64_t set = MOUNT_ATTR_NOSUID;
  if (!(record->number & RCE_JAIL_WRITABLE)) set |= MOUNT_ATTR_RDONLY;
  set |= record->number & RCE_JAIL_DEVICE ? MOUNT_ATTR_NOEXEC : MOUNT_ATTR_NODEV;
  if (set_attributes(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, set) != 0) rce_jail_fail("protect", source);
  return tree;
}

// The directories that a path lies in; those of the program's own files are its own, too.
static void make_parents(const struct rce_jail *jail, const char *path, int areOwn) {
  char parent[4096];
  size_t size = strlen(path);
  if (size >= sizeof parent) {
    errno = ENAMETOOLONG;
    rce_jail_fail("make the directories of", path);
  }
  memcpy(parent, path, size + 1);
  for (char *slash = strchr(parent + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    if (mkdir(parent, 0755) == 0) {
      if (areOwn && lchown(parent, jail->header->user, jail->header->user) != 0) rce_jail_fail("own", parent);
    } else if (errno != EEXIST) {
      rce_jail_fail("make", parent);
    }
    *slash = '/';
  }
}

static void make_point(const char *path, int isDirectory) {
  if (isDirectory) {
    if (mkdir(path, 0755) != 0 && errno != EEXIST) rce_jail_fail("make", path);
    return;
  }
  int file = open(path, O_CREAT | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0444);
  if (file < 0) rce_jail_fail("make", path);
  close(file);
}

static void place_tree(const struct rce_jail *jail, const struct rce_jail_record *record, int tree) {
  const char *target = rce_jail_name(record);
  struct stat information;
  if (fstat(tree, &information) != 0) rce_jail_fail("read", target);
  make_parents(jail, target, 0);
  make_point(target, S_ISDIR(information.st_mode));
  if (syscall(SYS_move_mount, tree, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH) != 0) rce_jail_fail("mount", target);
  close(tree);
}

static void place_memory(const struct rce_jail *jail, const struct rce_jail_record *record) {
  char options[128];
  snprintf(
      options, sizeof options, "mode=%o,uid=%u,gid=%u,size=%llu,nr_inodes=%llu", record->number, jail->header->user,
      jail->header->user, (unsigned long long)record->first, (unsigned long long)record->second);
  make_parents(jail, rce_jail_name(record), 0);
  make_point(rce_jail_name(record), 1);
  if (mount_("sandbox", rce_jail_name(record), "tmpfs", MS_NOSUID | MS_NODEV, options) != 0) {
    rce_jail_fail("mount memory at", rce_jail_name(record));
  }
}

static void place_file(const struct rce_jail *jail, const struct rce_jail_record *record) {
  const char *path = rce_jail_name(record);
  make_parents(jail, path, record->first != 0);
  int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, record->number);
  if (file < 0) rce_jail_fail("make", path);
  for (size_t written = 0; written < record->dataLength;) {
    ssize_t step = write(file, rce_jail_data(record) + written, record->dataLength - written);
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) rce_jail_fail("write", path);
    written += (size_t)step;
  }
  if (record->first && fchown(file, jail->header->user, jail->header->user) != 0) rce_jail_fail("own", path);
  close(file);
}

// Moves into an empty file system; the host's own stays reachable below it until everything is in place, because a
// user namespace may mount /proc only where it sees another one.
static void enter_new_root(void) {
  if (mount_(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) rce_jail_fail("detach", "/");
  if (mount_("sandbox", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=64m,nr_inodes=4096") != 0) {
    rce_jail_fail("mount memory at", "/");
  }
  if (chdir("/tmp") != 0 || mkdir("." OLD_ROOT, 0700) != 0) rce_jail_fail("make", OLD_ROOT);
  if (syscall(SYS_pivot_root, ".", "." OLD_ROOT) != 0) rce_jail_fail("turn to", "/");
  if (chdir("/") != 0) rce_jail_fail("enter", "/");
}

static void leave_old_root(void) {
  if (syscall(SYS_umount2, OLD_ROOT, MNT_DETACH) != 0 || rmdir(OLD_ROOT) != 0) rce_jail_fail("leave", OLD_ROOT);
  if (set_attributes(AT_FDCWD, "/", 0, MOUNT_ATTR_RDONLY) != 0) rce_jail_fail("protect", "/");
}

static void place_links(const struct rce_jail *jail) {
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, RCE_JAIL_LINK, record))) {
    make_parents(jail, rce_jail_name(record), 0);
    if (symlink(rce_jail_data(record), rce_jail_name(record)) != 0) rce_jail_fail("link", rce_jail_name(record));
  }
}

static void place_processes(const struct rce_jail *jail) {
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, RCE_JAIL_PROC, record))) {
    make_point(rce_jail_name(record), 1);
    // Processes of others, the first one included, do not even appear.
    if (mount_("proc", rce_jail_name(record), "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "hidepid=2") != 0) {
      rce_jail_fail("mount processes at", rce_jail_name(record));
    }
  }
  while ((record = rce_jail_next(jail, RCE_JAIL_MASK, record))) {
    if (mount_("/dev/null", rce_jail_name(record), NULL, MS_BIND, NULL) != 0 && errno != ENOENT) {
      rce_jail_fail("hide", rce_jail_name(record));
    }
  }
}

void rce_jail_make_root(const struct rce_jail *jail) {
  int trees[MOST_MOUNTS];
  size_t count = 0;
  const struct rce_jail_record *record = NULL;
  umask(0);
  while ((record = rce_jail_next(jail, RCE_JAIL_MOUNT, record))) {
    if (count == MOST_MOUNTS) {
      errno = E2BIG;
      rce_jail_fail("mount", rce_jail_name(record));
    }
    trees[count++] = copy_tree(record);
  }
  enter_new_root();
  place_links(jail);
  for (count = 0; (record = rce_jail_next(jail, RCE_JAIL_MOUNT, record)); count++) {
    place_tree(jail, record, trees[count]);
  }
  while ((record = rce_jail_next(jail, RCE_JAIL_TMPFS, record))) place_memory(jail, record);
  while ((record = rce_jail_next(jail, RCE_JAIL_FILE, record))) place_file(jail, record);
  place_processes(jail);
  leave_old_root();
  umask(022);
}
