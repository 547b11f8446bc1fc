import Sandbox
import Testing

@Suite("Control groups are found by what the kernel's files say")
struct ControlGroupPlanTests {
  private static let hybrid = ControlGroupFacts(
    mountinfo: """
      24 1 254:0 / / rw,relatime - ext4 /dev/vda rw
      30 29 0:26 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
      33 29 0:29 / /sys/fs/cgroup/memory rw,relatime shared:7 master:1 - cgroup cgroup rw,memory
      37 29 0:33 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
      39 29 0:35 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
      """,
    membership: "8:pids:/\n4:memory:/service/a:b\n2:cpuacct:/\n0::/\n")

  private static let unified = ControlGroupFacts(
    mountinfo: "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate",
    membership: "0::/user.slice/user-1000.slice/app.scope\n")

  @Test("version 1 nests in the groups that this process is in, then tries the roots")
  func legacy() {
    let plans = ControlGroupPlan.candidates(Self.hybrid, unifiedControllers: "", isRoot: true)
    #expect(plans.map(\.version) == [.v1, .v1])
    #expect(plans.map(\.memory) == ["/sys/fs/cgroup/memory/service/a:b", "/sys/fs/cgroup/memory"])
    #expect(plans.map(\.pids) == ["/sys/fs/cgroup/pids", "/sys/fs/cgroup/pids"])
    #expect(plans.map(\.cpu) == ["/sys/fs/cgroup/cpuacct", "/sys/fs/cgroup/cpuacct"])
    #expect(plans.allSatisfy { $0.steps.isEmpty })
  }

  @Test("a unified hierarchy without the controllers does not hide version 1")
  func hybridWithoutControllers() {
    let plans = ControlGroupPlan.candidates(Self.hybrid, unifiedControllers: "hugetlb\n", isRoot: true)
    #expect(plans.first?.version == .v1)
  }

  @Test("version 2 as root makes a subtree of its own below the root")
  func unifiedAsRoot() throws {
    let plans = ControlGroupPlan.candidates(Self.unified, unifiedControllers: "cpuset cpu io memory pids", isRoot: true)
    let first = try #require(plans.first)
    #expect(first.version == .v2)
    #expect(first.memory == "/sys/fs/cgroup/rce-sandbox")
    #expect(
      first.steps == [
        .enable("/sys/fs/cgroup"), .make("/sys/fs/cgroup/rce-sandbox"), .enable("/sys/fs/cgroup/rce-sandbox"),
      ])
    #expect(plans.count == 2)
  }

  @Test(
    "version 2 without root uses the delegated group, and first empties it into a leaf",
    arguments: ["/user.slice/user-1000.slice/app.scope", "/user.slice/user-1000.slice/app.scope/rce-supervisor"])
  func unifiedDelegated(membership: String) throws {
    let own = "/sys/fs/cgroup/user.slice/user-1000.slice/app.scope"
    var facts = Self.unified
    facts.memberships[""] = membership
    let plans = ControlGroupPlan.candidates(facts, unifiedControllers: "cpu memory pids", isRoot: false)
    #expect(plans.count == 1)
    let plan = try #require(plans.first)
    #expect(
      plan.steps == [
        .make(own + "/rce-supervisor"), .vacate(own, into: own + "/rce-supervisor"), .enable(own),
        .make(own + "/rce-sandbox"),
        .enable(own + "/rce-sandbox"),
      ])
    #expect(plan.pids == own + "/rce-sandbox")
    #expect(plan.cpu == own + "/rce-sandbox")
  }

  @Test("nothing can be had where no controller for memory and pids is mounted")
  func nothing() {
    let facts = ControlGroupFacts(
      mountinfo: "35 24 0:30 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids", membership: "1:pids:/\n")
    #expect(ControlGroupPlan.candidates(facts, unifiedControllers: "", isRoot: true).isEmpty)
  }

  @Test(
    "this process's directory is its membership seen through the mount",
    arguments: [
      ("/", "/service", "/m/service"),
      ("/docker/1", "/docker/1/inner", "/m/inner"),
      ("/docker/1", "/docker/1", "/m"),
      ("/docker/1", "/elsewhere", "/m"),
      ("/", "/", "/m"),
    ])
  func ownDirectory(root: String, membership: String, directory: String) {
    let facts = ControlGroupFacts(
      mountinfo: "1 1 0:1 \(root) /m rw - cgroup cgroup rw,memory\n2 1 0:2 / /p rw - cgroup cgroup rw,pids",
      membership: "4:memory:\(membership)\n5:pids:/\n")
    let plans = ControlGroupPlan.candidates(facts, unifiedControllers: "", isRoot: true)
    #expect(plans.first?.memory == directory)
  }

  @Test("figures are read by key or alone")
  func readings() {
    #expect(ControlGroupReadings.number("123456\n") == 123_456)
    #expect(ControlGroupReadings.number("max\n") == nil)
    let events = "low 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 1\n"
    #expect(ControlGroupReadings.number("oom_kill", in: events) == 2)
    #expect(ControlGroupReadings.number("max", in: events) == 12)
    #expect(ControlGroupReadings.number("usage_usec", in: events) == nil)
  }
}
