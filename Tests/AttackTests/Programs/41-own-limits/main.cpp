#include <sched.h>
#include <sys/resource.h>
#include "../probe.h"

static long write_file(const char *path, const char *text) {
  int file = open(path, O_WRONLY);
  return file < 0 ? -1 : write(file, text, strlen(text));
}

int main() {
  const struct {
    const char *name;
    __rlimit_resource kind;
  } limits[] = {{"cpu", RLIMIT_CPU}, {"files", RLIMIT_NOFILE}, {"file-size", RLIMIT_FSIZE}, {"stack", RLIMIT_STACK},
                {"core", RLIMIT_CORE}, {"locked", RLIMIT_MEMLOCK}, {"messages", RLIMIT_MSGQUEUE}};
  for (auto &limit : limits) {
    rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
    refused(limit.name, setrlimit(limit.kind, &most));
  }
  fails("nice", setpriority(PRIO_PROCESS, 0, -20));
  sched_param urgent = {1};
  refused("fifo", sched_setscheduler(0, SCHED_FIFO, &urgent));
  refused("round-robin", sched_setscheduler(0, SCHED_RR, &urgent));
  uint64_t deadline[6] = {48 | 6ul << 32, 0, 0, 1000000, 2000000, 2000000};
  refused("deadline", syscall(SYS_sched_setattr, 0, deadline, 0));
  fails("oom-score", write_file("/proc/self/oom_score_adj", "-1000"));
  fails("oom-adj", write_file("/proc/self/oom_adj", "-17"));
  fails("memory-group", write_file("/sys/fs/cgroup/memory/memory.limit_in_bytes", "-1"));
  fails("group", write_file("/sys/fs/cgroup/cgroup.procs", "0"));
  fails("processors", write_file("/sys/fs/cgroup/cpuset/cpuset.cpus", "0"));
  fails("io-priority", syscall(SYS_ioprio_set, 1, 0, 1 << 13));
  fails("lock-memory", mlockall(MCL_CURRENT));
}
