import resource
from probe import *


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def unlimited(kind):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError as error:  # what Python makes of EPERM
        raise OSError(errno.EPERM, str(error))


for name, kind in [("cpu", 0), ("files", 7), ("file-size", 1), ("stack", 3), ("core", 4), ("locked", 8), ("messages", 12)]:
    fails(name, lambda: unlimited(kind))
fails("nice", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
fails("fifo", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
fails("round-robin", lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)))
attributes = (ctypes.c_uint64 * 6)(48 | 6 << 32, 0, 0, 1000000, 2000000, 2000000)
refused("deadline", call(314, 0, ctypes.addressof(attributes), 0))
fails("oom-score", lambda: write("/proc/self/oom_score_adj", "-1000"))
fails("oom-adj", lambda: write("/proc/self/oom_adj", "-17"))
fails("memory-group", lambda: write("/sys/fs/cgroup/memory/memory.limit_in_bytes", "-1"))
fails("group", lambda: write("/sys/fs/cgroup/cgroup.procs", "0"))
fails("processors", lambda: write("/sys/fs/cgroup/cpuset/cpuset.cpus", "0"))
verdict("io-priority", call(251, 1, 0, 1 << 13) != 0)
verdict("lock-memory", call(151, 1) != 0)
