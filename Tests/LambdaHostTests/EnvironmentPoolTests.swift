import LambdaHost
import Testing

@Suite("A pool of environments")
struct EnvironmentPoolTests {
  @Test(
    "does what the story says", arguments: PoolStory.starting + PoolStory.serving + PoolStory.ending + PoolStory.time)
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
      90 acquire 5
      100 ask 4
      30100 tick
      30101 exit 4
      """
    for line in events.split(separator: "\n") { _ = script.perform(String(line)) }
    let counters = script.pool.counters
    #expect(counters.started == 4)
    #expect(counters.startedAhead == 1)
    #expect(counters.failedStarts == 1)
    #expect(counters.handed == 4)
    #expect(counters.coldStarts == 2)
    #expect(counters.answered == 2)
    #expect(counters.crashed == 1)
    #expect(counters.timedOut == 1)
    #expect(counters.recycled == 1)
    #expect(script.pool.members.isEmpty)
  }
}
