#include <dirent.h>
#include <initializer_list>
#include "../probe.h"

static long read_file(const char *path, char *text, size_t size) {
  int file = open(path, O_RDONLY | O_NONBLOCK);
  long count = file < 0 ? -1 : read(file, text, size - 1);
  text[count < 0 ? 0 : count] = 0;
  close(file);
  return count;
}

// Arguments: the process of the supervisor.
int main(int, char **arguments) {
  static char text[1 << 20];
  int processes = 0;
  DIR *directory = opendir("/proc");
  while (dirent *entry = readdir(directory)) processes += atoi(entry->d_name) > 0;
  // The first process, this one, and at most one that the sandbox is made of.
  verdict("only-own-processes", processes <= 3, "there are more");
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/cmdline", arguments[1]);
  fails("supervisor", read_file(path, text, sizeof text));
  for (const char *name : {"kernel/core_pattern", "kernel/hostname", "kernel/modprobe", "vm/overcommit_memory",
                           "kernel/sysrq", "fs/file-max", "net/ipv4/ip_forward"}) {
    snprintf(path, sizeof path, "/proc/sys/%s", name);
    fails(name, open(path, O_WRONLY));
  }
  fails("sysrq-trigger", open("/proc/sysrq-trigger", O_WRONLY));
  for (const char *name : {"kcore", "kmsg", "kpagecount", "kpageflags", "timer_list", "sched_debug", "vmallocinfo", "keys"}) {
    snprintf(path, sizeof path, "/proc/%s", name);
    verdict(name, read_file(path, text, sizeof text) <= 0, text);
  }
  // Without privileges the kernel shows zeros in the place of addresses.
  bool addresses = read_file("/proc/kallsyms", text, sizeof text) > 0 && strncmp(text, "0000000000000000", 16) != 0;
  verdict("kallsyms", !addresses, text);
  fails("firmware", read_file("/sys/firmware/dmi/tables/DMI", text, sizeof text));
  fails("uevent", open("/sys/kernel/uevent_helper", O_WRONLY));
  fails("debug", open("/sys/kernel/debug", O_RDONLY));
  fails("memory-device", open("/dev/mem", O_RDWR));
  fails("fuse", open("/dev/fuse", O_RDWR));
  fails("tun", open("/dev/net/tun", O_RDWR));
  fails("kvm", open("/dev/kvm", O_RDWR));
  fails("first-maps", read_file("/proc/1/maps", text, sizeof text));
}
