// The root file system of a sandbox, made in the mount namespace of its first process.
#define _GNU_SOURCE
#include "rce_jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST_MOUNTS 64
// Where roots are staged: a directory that every system has, and of which no program is shown anything.
#define STAGE "/sys"

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

static const char *place(const struct rce_jail_record *record) { return rce_jail_name(record) + 1; }

// A root that others are copies of is read only; what one of them needs to be there is there for all.
static int make_directory(const char *path) {
  if (mkdir(path, 0755) == 0) return 0;
  if (errno != EROFS) return -1;
  struct mount_attr attributes = {.attr_clr = MOUNT_ATTR_RDONLY};
  if (syscall(SYS_mount_setattr, AT_FDCWD, ".", 0, &attributes, sizeof attributes) != 0) return -1;
  int result = mkdir(path, 0755), error = errno;
  if (set_attributes(AT_FDCWD, ".", 0, MOUNT_ATTR_RDONLY) != 0) return -1;
  errno = error;
  return result;
}

// The directories that a path lies in; those of the program's own files are its own, too.
//
// Paths are taken from the working directory, which is the root in the making.
static void make_parents(const struct rce_jail *jail, const char *path, int areOwn) {
  char parent[4096];
  size_t size = strlen(path);
  if (size >= sizeof parent) {
    errno = ENAMETOOLONG;
    rce_jail_fail("make the directories of", path);
  }
  memcpy(parent, path, size + 1);
  for (char *slash = strchr(parent, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    if (make_directory(parent) == 0) {
      if (areOwn && lchown(parent, jail->header->user, jail->header->user) != 0) rce_jail_fail("own", parent);
    } else if (errno != EEXIST) {
      rce_jail_fail("make", parent);
    }
    *slash = '/';
  }
}

static void make_point(const char *path, int isDirectory) {
  if (isDirectory) {
    if (make_directory(path) != 0 && errno != EEXIST) rce_jail_fail("make", path);
    return;
  }
  int file = open(path, O_CREAT | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0444);
  if (file < 0) rce_jail_fail("make", path);
  close(file);
}

static void place_tree(const struct rce_jail *jail, const struct rce_jail_record *record, int tree) {
  const char *target = place(record);
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
  make_parents(jail, place(record), 0);
  make_point(place(record), 1);
  if (mount_("sandbox", place(record), "tmpfs", MS_NOSUID | MS_NODEV, options) != 0) {
    rce_jail_fail("mount memory at", rce_jail_name(record));
  }
}

int rce_jail_write_file(const char *path, const struct rce_jail_record *record) {
  int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, record->number);
  if (file < 0) rce_jail_fail("make", path);
  for (size_t written = 0; written < record->dataLength;) {
    ssize_t step = write(file, rce_jail_data(record) + written, record->dataLength - written);
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) rce_jail_fail("write", path);
    written += (size_t)step;
  }
  return file;
}

static void place_file(const struct rce_jail *jail, const struct rce_jail_record *record) {
  const char *path = place(record);
  make_parents(jail, path, record->first != 0);
  int file = rce_jail_write_file(path, record);
  if (record->first && fchown(file, jail->header->user, jail->header->user) != 0) rce_jail_fail("own", path);
  close(file);
}

static void mount_root(const char *path) {
  if (mount_("sandbox", path, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=64m,nr_inodes=4096") != 0) {
    rce_jail_fail("mount memory at", path);
  }
  if (chdir(path) != 0) rce_jail_fail("enter", path);
}

// Makes the working directory the root. The host's own root stays on top of it until everything is in place, because a
// user namespace may mount /proc only where it sees another one; paths from the working directory lead below it.
static void turn_to_root(void) {
  if (syscall(SYS_pivot_root, ".", ".") != 0) rce_jail_fail("turn to", "its root");
}

static void leave_old_root(void) {
  if (syscall(SYS_umount2, ".", MNT_DETACH) != 0) rce_jail_fail("leave", "the host's root");
  if (chdir("/") != 0) rce_jail_fail("enter", "/");
}

static void protect_root(void) {
  if (set_attributes(AT_FDCWD, ".", 0, MOUNT_ATTR_RDONLY) != 0) rce_jail_fail("protect", "/");
}

static void place_links(const struct rce_jail *jail) {
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, RCE_JAIL_LINK, record))) {
    make_parents(jail, place(record), 0);
    if (symlink(rce_jail_data(record), place(record)) != 0) rce_jail_fail("link", rce_jail_name(record));
  }
}

static void place_processes(const struct rce_jail *jail) {
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, RCE_JAIL_PROC, record))) {
    make_point(place(record), 1);
    // Processes of others, the first one included, do not even appear.
    if (mount_("proc", place(record), "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "hidepid=2") != 0) {
      rce_jail_fail("mount processes at", rce_jail_name(record));
    }
  }
  while ((record = rce_jail_next(jail, RCE_JAIL_MASK, record))) {
    if (mount_("dev/null", place(record), NULL, MS_BIND, NULL) != 0 && errno != ENOENT) {
      rce_jail_fail("hide", rce_jail_name(record));
    }
  }
}

static void copy_trees(const struct rce_jail *jail, int *trees) {
  size_t count = 0;
  const struct rce_jail_record *record = NULL;
  while ((record = rce_jail_next(jail, RCE_JAIL_MOUNT, record))) {
    if (count == MOST_MOUNTS) {
      errno = E2BIG;
      rce_jail_fail("mount", rce_jail_name(record));
    }
    trees[count++] = copy_tree(record);
  }
}

static void place_all(const struct rce_jail *jail, const int *trees) {
  const struct rce_jail_record *record = NULL;
  place_links(jail);
  while ((record = rce_jail_next(jail, RCE_JAIL_POINT, record))) {
    make_parents(jail, place(record), 0);
    make_point(place(record), 1);
  }
  for (size_t count = 0; (record = rce_jail_next(jail, RCE_JAIL_MOUNT, record)); count++) {
    place_tree(jail, record, trees[count]);
  }
  while ((record = rce_jail_next(jail, RCE_JAIL_TMPFS, record))) place_memory(jail, record);
  while ((record = rce_jail_next(jail, RCE_JAIL_FILE, record))) place_file(jail, record);
}

// Goes where the sandbox's root is to be: to a copy of the stage, or to an empty one.
static void enter_root(int isStaged) {
  if (isStaged) {
    if (chdir(STAGE) != 0) rce_jail_fail("enter", STAGE);
  } else {
    if (mount_(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) rce_jail_fail("detach", "/");
    mount_root("/tmp");
  }
  turn_to_root();
}

void rce_jail_make_root(const struct rce_jail *jail) {
  int trees[MOST_MOUNTS];
  int isStaged = jail->header->flags & RCE_JAIL_STAGED;
  umask(0);
  copy_trees(jail, trees);
  if (!jail->isOnStage) enter_root(isStaged);
  place_all(jail, trees);
  place_processes(jail);
  if (!isStaged) protect_root();
  if (!jail->isOnStage) leave_old_root();
  umask(022);
}

// What every namespace of mounts is copied with, and no sandbox needs.
static void drop_mounts(void) {
  static const char *const places[] = {"/sys", "/dev/pts", "/dev/mqueue", "/dev/hugepages"};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) syscall(SYS_umount2, places[i], MNT_DETACH);
}

// Namespaces of mounts: the one in which the host's files are there beside the stage, and one with the stage alone.
static int host = -1, stage = -1;

// A sandbox that needs nothing more of the host's begins where there is nothing else, which saves it to leave.
static void make_bare_stage(void) {
  int names = open("/proc/self/ns", O_PATH | O_DIRECTORY | O_CLOEXEC);
  host = openat(names, "mnt", O_RDONLY | O_CLOEXEC);
  if (host < 0 || unshare(CLONE_NEWNS) != 0 || chdir(STAGE) != 0) rce_jail_fail("copy", STAGE);
  turn_to_root();
  leave_old_root();
  stage = openat(names, "mnt", O_RDONLY | O_CLOEXEC);
  if (stage < 0 || setns(host, CLONE_NEWNS) != 0) rce_jail_fail("return from", STAGE);
  close(names);
}

int rce_jail_enter_stage(const struct rce_jail *jail) {
  if (stage < 0 || !(jail->header->flags & RCE_JAIL_STAGED) || rce_jail_next(jail, RCE_JAIL_MOUNT, NULL)) return 0;
  return setns(stage, CLONE_NEWNS) == 0 ? 1 : -1;
}

void rce_jail_leave_stage(void) {
  if (setns(host, CLONE_NEWNS) != 0) rce_jail_fail("return from", STAGE);
}

void rce_jail_stage(const struct rce_jail *template) {
  int trees[MOST_MOUNTS];
  umask(0);
  if (unshare(CLONE_NEWNS) != 0) rce_jail_fail("make", "a namespace of mounts");
  if (mount_(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) rce_jail_fail("detach", "/");
  copy_trees(template, trees);
  drop_mounts();
  mount_root(STAGE);
  place_all(template, trees);
  protect_root();
  make_bare_stage();
  umask(022);
}
