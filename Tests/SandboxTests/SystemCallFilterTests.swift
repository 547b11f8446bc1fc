import HostSystem
import Sandbox
import Testing

@Suite("What no program needs is denied by the system-call filter", .onEachBackend)
struct SystemCallFilterTests {
  #if arch(x86_64)
    private static let isKnownArchitecture = true
  #else
    private static let isKnownArchitecture = false
  #endif

  /// x86-64's numbers.
  private static let denied: [(name: String, number: Int)] = [
    ("ptrace", 101), ("syslog", 103), ("modify_ldt", 154), ("pivot_root", 155), ("adjtimex", 159), ("chroot", 161),
    ("acct", 163), ("settimeofday", 164), ("mount", 165), ("umount2", 166), ("swapon", 167), ("swapoff", 168),
    ("reboot", 169), ("sethostname", 170), ("setdomainname", 171), ("iopl", 172), ("ioperm", 173),
    ("init_module", 175), ("delete_module", 176), ("quotactl", 179), ("clock_settime", 227), ("kexec_load", 246),
    ("add_key", 248), ("request_key", 249), ("keyctl", 250), ("unshare", 272), ("perf_event_open", 298),
    ("fanotify_init", 300), ("fanotify_mark", 301), ("open_by_handle_at", 304), ("clock_adjtime", 305), ("setns", 308),
    ("process_vm_readv", 310), ("process_vm_writev", 311), ("kcmp", 312), ("finit_module", 313),
    ("kexec_file_load", 320), ("bpf", 321), ("userfaultfd", 323), ("io_uring_setup", 425), ("io_uring_enter", 426),
    ("io_uring_register", 427), ("open_tree", 428), ("move_mount", 429), ("fsopen", 430), ("fsconfig", 431),
    ("fsmount", 432), ("fspick", 433), ("pidfd_getfd", 438), ("mount_setattr", 442), ("quotactl_fd", 443),
    ("open_tree_attr", 467),
  ]

  private static let call = """
    import ctypes, errno, os, signal, socket
    libc = ctypes.CDLL(None, use_errno=True)
    def call(number, *arguments):
      ctypes.set_errno(0)
      result = libc.syscall(*(ctypes.c_ulong(value) for value in (number,) + arguments))
      return 'allowed' if result >= 0 else errno.errorcode[ctypes.get_errno()]

    """

  @Test("the list of calls", .enabled(if: isKnownArchitecture))
  func calls() throws {
    let list = Self.denied.map { "('\($0.name)', \($0.number))" }.joined(separator: ", ")
    let outcome = try SandboxFixture.python(
      Self.call + "for name, number in [\(list)]: print(name, call(number, 0, 0, 0, 0, 0, 0))")
    #expect(outcome.text == Self.denied.map { "\($0.name) EPERM\n" }.joined())
    #expect(outcome.end == .exited(0))
  }

  @Test(
    "new namespaces by clone, whichever they are, and clone3 as if the kernel were older",
    .enabled(if: isKnownArchitecture))
  func clone() throws {
    let flags = SystemCallRules.namespaceFlags.map(String.init).joined(separator: ", ")
    let outcome = try SandboxFixture.python(
      Self.call + """
        print([call(56, flag | signal.SIGCHLD, 0, 0, 0, 0) for flag in [\(flags)]])
        print(call(435, 0, 0))
        process = os.fork()
        if process == 0: os._exit(7)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
        """)
    let refusals = SystemCallRules.namespaceFlags.map { _ in "'EPERM'" }.joined(separator: ", ")
    #expect(outcome.text == "[\(refusals)]\nENOSYS\n7\n")
  }

  @Test("sockets of every family but the three that a network namespace empties, upper bits notwithstanding")
  func families() throws {
    let outcome = try SandboxFixture.python(
      Self.call + """
        def family(number):
          try: socket.socket(number, socket.SOCK_DGRAM).close(); return 'allowed'
          except OSError as error: return errno.errorcode[error.errno]
        print([number for number in range(64) if family(number) == 'allowed'])
        print({family(number) for number in range(64)} - {'allowed'})
        left, right = socket.socketpair(); left.send(b'x'); print(right.recv(1))
        """)
    #expect(outcome.text == "[1, 2, 10]\n{'EAFNOSUPPORT'}\nb'x'\n")
    let wide = try SandboxFixture.python(Self.call + "print(call(41, (1 << 32) | 40, 2, 0))")
    if Self.isKnownArchitecture { #expect(wide.text == "EAFNOSUPPORT\n") }
  }

  @Test("typing into a terminal, upper bits notwithstanding", .enabled(if: isKnownArchitecture))
  func terminal() throws {
    let outcome = try SandboxFixture.python(
      Self.call + "print([call(16, 0, request, 0) for request in [0x5412, 0x541c, 0x5412 | 1 << 32, 0x5401]])")
    #expect(outcome.text == "['EPERM', 'EPERM', 'EPERM', 'ENOTTY']\n")
  }

  @Test("the numbers of x32 and of 32 bit kill, by which the list could be passed", .enabled(if: isKnownArchitecture))
  func architectures() throws {
    let x32 = try SandboxFixture.python(Self.call + "print(call(0x40000000 | 39))")
    #expect(x32.end == .signalled(31))
    // mov eax, 20 (getpid); int 0x80; ret
    let legacy = try SandboxFixture.python(
      Self.call + """
        import mmap
        code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        code.write(bytes.fromhex('b814000000cd80c3'))
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
        """)
    #expect(legacy.end == .signalled(31))
  }

  @Test("the filter fits what the kernel takes and is the same every time")
  func size() throws {
    let filter = try SystemCallFilter()
    #expect(filter.bytes.count % 8 == 0 && filter.bytes.count < 4_096 * 8 && filter.bytes.count > 100 * 8)
    #expect(try filter == SystemCallFilter())
  }
}
