/// What a program may not ask of the kernel, as data.
///
/// A list of what is denied and not of what is allowed: the virtual machines of Java and JavaScript need well over a
/// hundred calls, and other ones with each version. Everything here either reaches an object that no namespace
/// separates, or widens what can be attacked in the kernel, and no program that computes something needs it.
package enum SystemCallRules {
  /// Denied with "operation not permitted", whatever the arguments.
  package static let denied: [String] =
    keyrings + otherProcesses + namespaces + mounts + attackSurface + administration + clocks

  /// Keys are found by number across sandboxes.
  private static let keyrings = ["add_key", "keyctl", "request_key"]

  private static let otherProcesses = [
    "kcmp", "pidfd_getfd", "process_vm_readv", "process_vm_writev", "ptrace",
  ]

  private static let namespaces = ["chroot", "pivot_root", "setns", "unshare"]

  private static let mounts = [
    "fsconfig", "fsmount", "fsopen", "fspick", "mount", "mount_setattr", "move_mount", "open_tree", "open_tree_attr",
    "umount", "umount2",
  ]

  /// Subsystems with a long record of faults that hand over the kernel.
  private static let attackSurface = [
    "bpf", "fanotify_init", "fanotify_mark", "io_uring_enter", "io_uring_register", "io_uring_setup", "modify_ldt",
    "open_by_handle_at", "perf_event_open", "userfaultfd",
  ]

  /// Needs privileges anyway; denied so that a fault in the check of a privilege is out of reach, too.
  private static let administration = [
    "acct", "create_module", "delete_module", "finit_module", "init_module", "ioperm", "iopl", "kexec_file_load",
    "kexec_load", "lookup_dcookie", "nfsservctl", "quotactl", "quotactl_fd", "reboot", "setdomainname", "sethostname",
    "swapoff", "swapon", "syslog", "uselib", "vhangup",
  ]

  /// Denied as well where programs share the host's: objects that outlive their processes.
  package static let sharedObjects = ["mq_open", "msgget", "semget", "shmget"]

  private static let clocks = ["adjtimex", "clock_adjtime", "clock_settime", "settimeofday", "stime"]

  /// Calls newer than some libseccomp in use; from 424 on, a number is the same on every architecture.
  package static let numbers: [String: Int32] = [
    "mount_setattr": 442, "open_tree_attr": 467, "pidfd_getfd": 438, "quotactl_fd": 443,
  ]

  /// Flags of clone(2) that make namespaces: time, mount, cgroup, uts, ipc, user, pid, network.
  package static let namespaceFlags: [UInt64] = [
    0x80, 0x0002_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000,
  ]

  /// Requests of ioctl(2) that type into a terminal or a console: TIOCSTI, TIOCLINUX.
  package static let terminalRequests: [UInt64] = [0x5412, 0x541c]

  /// Options that a socket may not set: IPV6_FLOWLABEL_MGR of IPPROTO_IPV6, whose labels the network namespace keeps for
  /// a minute after their program, and lists to the next one in it.
  package static let socketOptions: [(level: UInt64, name: UInt64)] = [(41, 32)]

  /// Address families that a socket may have: AF_UNIX, AF_INET, AF_INET6, all empty in a network namespace of its own.
  ///
  /// Of the others some are not bound to one (AF_VSOCK reaches the hypervisor) and most are nothing but surface.
  package static let families: Set<UInt64> = [1, 2, 10]
}
