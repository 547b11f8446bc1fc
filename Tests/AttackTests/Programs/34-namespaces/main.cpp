#include <sched.h>
#include <sys/mount.h>
#include "../probe.h"
int main() {
  const struct {
    const char *name;
    unsigned long flag;
  } kinds[] = {{"time", 0x80}, {"mount", CLONE_NEWNS}, {"cgroup", CLONE_NEWCGROUP}, {"uts", CLONE_NEWUTS},
               {"ipc", CLONE_NEWIPC}, {"user", CLONE_NEWUSER}, {"pid", CLONE_NEWPID}, {"net", CLONE_NEWNET}};
  char name[64];
  for (auto &kind : kinds) {
    snprintf(name, sizeof name, "unshare-%s", kind.name);
    refused(name, syscall(SYS_unshare, kind.flag));
    snprintf(name, sizeof name, "clone-%s", kind.name);
    refused(name, syscall(SYS_clone, kind.flag | SIGCHLD, 0, 0, 0, 0));
  }
  uint64_t request[11] = {CLONE_NEWUSER, 0, 0, 0, SIGCHLD};
  refused("clone3", syscall(435, request, sizeof request), ENOSYS);
  refused("setns", syscall(SYS_setns, open("/proc/self/ns/user", O_RDONLY), 0));
  refused("mount", mount("none", "/tmp", "tmpfs", 0, 0));
  refused("remount", mount(0, "/", 0, MS_REMOUNT | MS_BIND, 0));
  refused("bind", mount("/proc", "/tmp", 0, MS_BIND | MS_REC, 0));
  refused("umount", umount2("/proc", MNT_DETACH));
  refused("fsopen", syscall(430, "tmpfs", 0));
  refused("fsconfig", syscall(431, 0, 6, 0, 0, 0));
  refused("fsmount", syscall(432, 0, 0, 0));
  refused("fspick", syscall(433, AT_FDCWD, "/", 0));
  refused("open-tree", syscall(428, AT_FDCWD, "/", 1));
  refused("move-mount", syscall(429, AT_FDCWD, "/tmp", AT_FDCWD, "/box", 0));
  char attributes[32] = {};
  refused("mount-setattr", syscall(442, AT_FDCWD, "/", 0, attributes, sizeof attributes));
  refused("pivot-root", syscall(SYS_pivot_root, "/tmp", "/tmp"));
  refused("chroot", chroot("/tmp"));
  fails("sethostname", sethostname("x", 1));
}
