import Jobs
import Testing

extension Attacks {
  @Suite("Rows 31, 34, 35 and 37 to 43: the kernel")
  struct SystemCallAttackTests {
    static let attacks: [Attack] =
      probes.flatMap { row, folder, names in
        Attack.each(row, folder, in: [.cpp, .python], with: ["{supervisor}"], [nil], .probes(names))
      }
      + ["x32", "i386"].flatMap { numbers in
        Attack.each(40, "40-other-numbers", in: [.cpp, .python], with: [numbers], [.runtimeError], .signal(31))
      }
      + Attack.each(43, "43-hidden-work", in: [.cpp, .python], [.timeout], .says("CPU time"), .cpu(upTo: 600)) {
        $0.cpuTimeMs = 500
      }

    private static let kinds = ["time", "mount", "cgroup", "uts", "ipc", "user", "pid", "net"]

    private static let probes: [(row: Int, folder: String, names: [String])] = [
      (
        31, "31-families",
        ["vsock", "alg", "packet", "bluetooth", "xdp", "netlink", "key", "can", "rds", "tipc", "kcm", "smc"]
      ),
      (
        34, "34-namespaces",
        kinds.flatMap { ["unshare-\($0)", "clone-\($0)"] } + [
          "clone3", "setns", "mount", "remount", "bind", "umount", "fsopen", "fsconfig", "fsmount", "fspick",
          "open-tree", "move-mount", "mount-setattr", "pivot-root", "chroot", "sethostname",
        ]
      ),
      (
        35, "35-tracing",
        [
          "trace-me", "attach-first", "attach-own", "seize", "read-memory", "write-memory", "read-own-memory",
          "pidfd-getfd", "kcmp", "memory-file", "descriptors", "root-of-first", "directory-of-first",
        ]
      ),
      (
        37, "37-privileges",
        [
          "setuid", "setgid", "setgroups", "setresuid", "su", "passwd", "mount", "newgrp", "ping", "give-away",
          "file-capabilities", "device",
        ]
      ),
      (38, "38-terminals", ["type", "paste", "type-wide", "tty", "console", "tty0", "control"]),
      (
        39, "39-kernel",
        [
          "io-uring-setup", "io-uring-enter", "io-uring-register", "userfaultfd", "bpf", "perf-event-open",
          "kexec-load", "kexec-file-load", "swapon", "swapoff", "quotactl", "quotactl-fd", "reboot", "syslog",
          "open-by-handle-at", "fanotify-init", "fanotify-mark", "acct", "init-module", "finit-module",
          "delete-module", "iopl", "ioperm", "modify-ldt", "vhangup", "lookup-dcookie",
        ]
      ),
      (
        41, "41-own-limits",
        [
          "cpu", "files", "file-size", "stack", "core", "locked", "messages", "nice", "fifo", "round-robin",
          "deadline", "oom-score", "oom-adj", "memory-group", "group", "processors", "io-priority", "lock-memory",
        ]
      ),
      (
        42, "42-proc",
        [
          "only-own-processes", "supervisor", "kernel/core_pattern", "kernel/hostname", "kernel/modprobe",
          "vm/overcommit_memory", "kernel/sysrq", "fs/file-max", "net/ipv4/ip_forward", "sysrq-trigger", "kcore",
          "kmsg", "kpagecount", "kpageflags", "timer_list", "sched_debug", "vmallocinfo", "keys", "kallsyms",
          "firmware", "uevent", "debug", "memory-device", "fuse", "tun", "kvm", "first-maps",
        ]
      ),
      (
        43, "43-clocks",
        [
          "clock-settime", "settimeofday", "adjtimex", "clock-adjtime", "rtc", "rtc-link", "time-namespace", "offsets",
        ]
      ),
    ]

    @Test(
      "the kernel refuses what no program needs", .enabled(if: Self.isKnownArchitecture, "the numbers are x86-64's"),
      arguments: AttackedBackend.allCases, attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }

    #if arch(x86_64)
      static let isKnownArchitecture = true
    #else
      static let isKnownArchitecture = false
    #endif
  }
}
