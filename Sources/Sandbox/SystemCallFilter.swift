import CSeccomp
import Glibc
import HostSystem

/// The system-call filter as the kernel takes it (seccomp(2)): one program for every sandbox of this machine.
package struct SystemCallFilter: Sendable, Equatable {
  /// An array of `struct sock_filter`.
  package let bytes: [UInt8]

  /// For kernels that take none.
  static let none = Self(bytes: [])

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private static let deny = rce_scmp_act_errno(EPERM)
  /// How a kernel refuses a family that it does not have, which every library is prepared for.
  private static let noFamily = rce_scmp_act_errno(EAFNOSUPPORT)

  /// Lets libseccomp translate the rules.
  ///
  /// - Parameter sharesHost: whether programs have no namespaces, so that a filter alone keeps them from the host's
  ///   network and objects.
  package init(sharesHost: Bool = false) throws(SandboxError) {
    guard let context = seccomp_init(RCE_SCMP_ACT_ALLOW) else {
      throw SandboxError(.setup, "libseccomp cannot make a system-call filter")
    }
    defer { seccomp_release(context) }
    // Another architecture's calls (32 bit, x32) have other numbers: by them every rule below could be passed.
    try Self.check(
      "SCMP_FLTATR_ACT_BADARCH", seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, RCE_SCMP_ACT_KILL_PROCESS))
    // A binary tree, so that the calls programs make most cost a few comparisons and not one for each rule.
    try Self.check("SCMP_FLTATR_CTL_OPTIMIZE", seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2))
    for name in SystemCallRules.denied + (sharesHost ? SystemCallRules.sharedObjects : []) {
      try Self.add(context, name, Self.deny)
    }
    // Its flags lie in memory, where no filter sees them; glibc then takes clone, whose flags are an argument.
    try Self.add(context, "clone3", rce_scmp_act_errno(ENOSYS))
    for flag in SystemCallRules.namespaceFlags {
      try Self.add(context, "clone", Self.deny, Self.cloneFlags(have: flag))
    }
    for request in SystemCallRules.terminalRequests {
      // The kernel looks at 32 bits only, so the filter must not be misled by the upper ones.
      let same = scmp_arg_cmp(arg: 1, op: SCMP_CMP_MASKED_EQ, datum_a: 0xffff_ffff, datum_b: request)
      try Self.add(context, "ioctl", Self.deny, same)
    }
    for option in SystemCallRules.socketOptions {
      try Self.add(
        context, "setsockopt", Self.deny,
        scmp_arg_cmp(arg: 1, op: SCMP_CMP_MASKED_EQ, datum_a: 0xffff_ffff, datum_b: option.level),
        scmp_arg_cmp(arg: 2, op: SCMP_CMP_MASKED_EQ, datum_a: 0xffff_ffff, datum_b: option.name))
    }
    if sharesHost {
      // Every process that the program may signal, the executor among them.
      let everyone = scmp_arg_cmp(arg: 0, op: SCMP_CMP_MASKED_EQ, datum_a: 0xffff_ffff, datum_b: 0xffff_ffff)
      try Self.add(context, "kill", Self.deny, everyone)
    }
    try Self.addFamilies(context, "socket", sharesHost ? [] : SystemCallRules.families)
    try Self.addFamilies(context, "socketpair", SystemCallRules.families)
    bytes = try Self.export(context)
  }

  private static func cloneFlags(have flag: UInt64) -> scmp_arg_cmp {
    #if arch(s390x)
      let argument: UInt32 = 1
    #else
      let argument: UInt32 = 0
    #endif
    return scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: flag, datum_b: flag)
  }

  // libseccomp allows one comparison of an argument in a rule, so the gaps between the allowed ones are listed.
  private static func addFamilies(
    _ context: scmp_filter_ctx, _ call: String, _ families: Set<UInt64>
  ) throws(SandboxError) {
    let highest = families.max() ?? 0
    for family in 0...highest where !families.contains(family) {
      try add(context, call, noFamily, scmp_arg_cmp(arg: 0, op: SCMP_CMP_EQ, datum_a: family, datum_b: 0))
    }
    try add(context, call, noFamily, scmp_arg_cmp(arg: 0, op: SCMP_CMP_GT, datum_a: highest, datum_b: 0))
  }

  private static func add(
    _ context: scmp_filter_ctx, _ name: String, _ action: UInt32, _ conditions: scmp_arg_cmp...
  ) throws(SandboxError) {
    var number = seccomp_syscall_resolve_name(name)
    if number == -1 { number = SystemCallRules.numbers[name] ?? -1 }
    guard number != -1 else {
      throw SandboxError(.setup, "libseccomp does not know the system call \(name): a newer libseccomp is needed")
    }
    try check(name, seccomp_rule_add_array(context, action, number, UInt32(conditions.count), conditions))
  }

  private static func check(_ what: String, _ result: Int32) throws(SandboxError) {
    guard result < 0 else { return }
    throw SandboxError(.setup, "libseccomp refuses \(what): \(String(cString: strerror(-result)))")
  }

  private static func export(_ context: scmp_filter_ctx) throws(SandboxError) -> [UInt8] {
    do throws(SystemCallError) {
      // The kernel takes 4,096 instructions of 8 bytes at most, which a pipe holds.
      var pipe = try Pipe()
      guard let writing = pipe.writing.take(), let reading = pipe.reading.take() else {
        throw SystemCallError("pipe2", code: EBADF)
      }
      let result = seccomp_export_bpf(context, writing.number)
      guard result == 0 else { throw SystemCallError("seccomp_export_bpf", code: -result) }
      _ = consume writing
      return try reading.readAll()
    } catch {
      throw SandboxError(.setup, "the system-call filter cannot be made: \(error)")
    }
  }
}
