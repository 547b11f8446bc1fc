import LambdaHost
import Testing

@Suite("A pool of environments")
struct EnvironmentPoolTests {
  @Test(
    "does what the story says",
    arguments: PoolStory.starting + PoolStory.serving + PoolStory.ending + PoolStory.time + PoolStory.repeating
      + PoolStory.concurrency + PoolStory.provisioned + PoolStory.tenants + PoolStory.retiring + PoolStory.leases)
  func story(_ story: PoolStory) {
    var script = PoolScript(story.configuration)
    for line in story.lines {
      let parts = line.split(separator: ">").map { $0.split(separator: " ").joined(separator: " ") }
      let done = script.perform(parts[0])
      #expect(done == parts[1], "\(story.name): \(parts[0])")
    }
  }

  @Test("counts starts, starts ahead of need, jobs that waited, and every kind of end")
  func counters() {
    var configuration = PoolConfiguration(limit: 2)
    configuration.prewarm = 1
    configuration.maximumInvocations = 2
    var script = PoolScript(configuration)
    let events = """
      0 open
      10 ask 1
      20 acquire 1
      21 acquire 2
      30 answer 1 1
      31 ask 1
      40 ask 2
      41 exit 2
      50 acquire 3
      60 answer 1 3
      61 ask 1
      62 exit 1
      70 acquire 4
      80 exit 3
      85 exit 4
      90 acquire 5
      100 ask 5
      30100 tick
      30101 exit 5
      """
    for line in events.split(separator: "\n") { _ = script.perform(String(line)) }
    let counters = script.pool.counters
    #expect(counters.started == 5)
    #expect(counters.startedAhead == 1)
    #expect(counters.failedStarts == 2)
    #expect(counters.repeatedStarts == 1)
    #expect(counters.handed == 4)
    #expect(counters.coldStarts == 2)
    #expect(counters.answered == 2)
    #expect(counters.crashed == 1)
    #expect(counters.timedOut == 1)
    #expect(counters.recycled == 1)
    #expect(script.pool.members.isEmpty)
  }

  @Test("counts provisioned environments, what spills over, what is throttled, evicted and replaced")
  func furtherCounters() {
    var configuration = PoolConfiguration(limit: 2)
    configuration.provisioned = 1
    configuration.isolatesTenants = true
    var script = PoolScript(configuration)
    let events = """
      0 open
      10 ask 1
      20 acquire 1 for a
      21 acquire 2 for b
      22 acquire 3 for a at-once
      30 ask 2
      40 answer 1 1
      41 ask 1
      50 acquire 4 for c
      60 exit 1
      70 ask 3
      80 answer 2 2 retiring limit
      81 ask 2
      82 exit 2
      90 answer 3 4 retiring problem
      91 exit 3
      """
    for line in events.split(separator: "\n") { _ = script.perform(String(line)) }
    let counters = script.pool.counters
    #expect(counters.startedAhead == 3 && counters.startedProvisioned == 3)
    #expect(counters.handedProvisioned == 2 && counters.spilledOver == 1)
    #expect(counters.throttled == 1 && counters.evicted == 1)
    #expect(counters.recycledAfterLimit == 1 && counters.recycledForProblem == 1 && counters.recycled == 0)
  }
}
