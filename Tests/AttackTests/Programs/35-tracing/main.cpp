#include <sys/ptrace.h>
#include <sys/uio.h>
#include "../probe.h"
int main() {
  int other = fork();
  if (other == 0) pause();
  char byte;
  iovec local = {&byte, 1}, remote = {&local, 1};
  refused("trace-me", ptrace(PTRACE_TRACEME, 0, 0, 0));
  refused("attach-first", ptrace(PTRACE_ATTACH, 1, 0, 0));
  refused("attach-own", ptrace(PTRACE_ATTACH, other, 0, 0));
  refused("seize", ptrace((__ptrace_request)0x4206, 1, 0, 0));
  refused("read-memory", process_vm_readv(1, &local, 1, &remote, 1, 0));
  refused("write-memory", process_vm_writev(1, &local, 1, &remote, 1, 0));
  refused("read-own-memory", process_vm_readv(other, &local, 1, &remote, 1, 0));
  refused("pidfd-getfd", syscall(438, syscall(434, 1, 0), 3, 0));
  refused("kcmp", syscall(SYS_kcmp, getpid(), 1, 0, 0, 0));
  fails("memory-file", open("/proc/1/mem", O_RDWR));
  fails("descriptors", open("/proc/1/fd/3", O_WRONLY));
  fails("root-of-first", open("/proc/1/root/etc/shadow", O_RDONLY));
  fails("directory-of-first", open("/proc/1/cwd", O_RDONLY));
  kill(other, SIGKILL);
}
