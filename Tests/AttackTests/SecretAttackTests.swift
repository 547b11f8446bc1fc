import Jobs
import Testing

extension Attacks {
  @Suite("Rows 25 to 27 and 36: what lies outside")
  struct SecretAttackTests {
    static let attacks: [Attack] = secrets + descriptors + network + kills

    /// The whole environment of a program, with what the languages add of their own.
    private static let secrets =
      Attack.each(25, "25-secrets", with: ["{secret}", "/proc/{supervisor}/environ"], [nil], .environment)

    // The runtimes of the other languages open descriptors of their own.
    private static let descriptors = Attack.each(
      26, "26-descriptors", in: [.cpp, .python], [nil], .output(Array("0\n1\n2\n".utf8)))

    private static let places = ["host-listener", "host-abstract", "metadata", "credentials", "metadata-6", "redis"]

    private static let network =
      Attack.each(
        27, "27-network", in: [.cpp, .python], with: ["{port}", "{abstract}"], [nil],
        .probes(
          places + ["postgres", "loopback-6", "internet", "runtime-api", "dns", "datagram", "raw", "raw-6", "netlink"]))
      + Attack.each(
        27, "27-network", in: [.javascript], with: ["{port}", "{abstract}"], [nil],
        .probes(places + ["internet", "dns"]))
      // Java has no abstract sockets.
      + Attack.each(
        27, "27-network", in: [.java], with: ["{port}"], [nil],
        .probes(places.filter { $0 != "host-abstract" } + ["internet", "dns"]))

    private static let kills =
      Attack.each(
        36, "36-kill", in: [.cpp, .python], with: ["{supervisor}", "{group}"], [nil],
        .probes(["first", "supervisor", "group", "own"]))
      + Attack.each(36, "36-kill", in: [.java], with: ["{supervisor}"], [.runtimeError], .signal(9))
      + Attack.each(36, "36-kill", in: [.javascript], with: ["{supervisor}"], [nil], .probes(["first", "supervisor"]))

    @Test("a program finds and reaches nothing of the host", arguments: AttackedBackend.allCases, attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }
  }
}
