import LambdaHost
import Testing

/// A story: what happens, and after the arrow what is to be done.
struct PoolStory: Sendable, CustomTestStringConvertible {
  let name: String
  let configuration: PoolConfiguration
  let lines: [String]

  init(_ name: String, limit: Int = 2, with adjust: (inout PoolConfiguration) -> Void = { _ in }, _ text: String) {
    self.name = name
    var configuration = PoolConfiguration(limit: limit)
    adjust(&configuration)
    self.configuration = configuration
    lines = text.split(separator: "\n").map(String.init)
  }

  var testDescription: String { name }
}

extension PoolStory {
  static let starting = [
    PoolStory(
      "an invocation without an environment starts one, waits for it and counts as cold",
      """
      0 acquire 1    > start 1
      48 ask 1       > hand 1 to 1 cold after 48
      60 answer 1 1  > -
      61 ask 1       > -
      """),
    PoolStory(
      "an invocation that waits for its environment keeps it although another becomes free first",
      """
      0 acquire 1    > start 1
      10 ask 1       > hand 1 to 1 cold after 10
      11 acquire 2   > start 2
      20 answer 1 1  > -
      21 ask 1       > -
      50 ask 2       > hand 2 to 2 cold after 39
      """),
    PoolStory(
      "environments started ahead of need wait, and the first invocation is warm", limit: 3, with: { $0.prewarm = 2 },
      """
      0 open         > start 1, start 2
      40 ask 1       > -
      41 ask 2       > -
      50 acquire 1   > hand 1 to 2 warm
      """),
    PoolStory(
      "an invocation takes an environment that is being started ahead of need, and waits the rest of its start",
      limit: 2, with: { $0.prewarm = 1 },
      """
      0 open         > start 1
      30 acquire 1   > -
      45 ask 1       > hand 1 to 1 cold after 15
      """),
    PoolStory(
      "the limit bounds what is started ahead of need", limit: 2, with: { $0.prewarm = 5 },
      """
      0 open         > start 1, start 2
      """),
    PoolStory(
      "an init error after the start is refused",
      """
      0 acquire 1        > start 1
      5 ask 1            > hand 1 to 1 cold after 5
      6 init-error 1     > refused
      7 answer 1 1       > -
      8 init-error 1     > refused
      """),
    PoolStory(
      "one started ahead of need that ends is nobody's failure", with: { $0.prewarm = 1 },
      """
      0 open             > start 1
      5 exit 1           > -
      5 deadline         > -
      """),
  ]

  static let serving = [
    PoolStory(
      "the environment that was used last is taken first", limit: 3, with: { $0.prewarm = 3 },
      """
      0 open             > start 1, start 2, start 3
      10 ask 2           > -
      11 ask 3           > -
      12 ask 1           > -
      20 acquire 1       > hand 1 to 1 warm
      21 acquire 2       > hand 2 to 3 warm
      22 answer 3 2      > -
      23 ask 3           > -
      24 acquire 3       > hand 3 to 3 warm
      """),
    PoolStory(
      "at the limit invocations wait their turn in order", limit: 1,
      """
      0 acquire 1        > start 1
      1 acquire 2        > -
      2 acquire 3        > -
      30 ask 1           > hand 1 to 1 cold after 30
      40 answer 1 1      > -
      41 ask 1           > hand 2 to 1 warm
      50 answer 1 2      > -
      51 ask 1           > hand 3 to 1 warm
      """),
    PoolStory(
      "an environment that has just answered is waited for instead of starting another",
      """
      0 acquire 1        > start 1
      30 ask 1           > hand 1 to 1 cold after 30
      40 answer 1 1      > -
      41 acquire 2       > -
      42 ask 1           > hand 2 to 1 warm
      """),
    PoolStory(
      "one that does not ask for more within its grace is not waited for any longer",
      """
      0 acquire 1        > start 1
      30 ask 1           > hand 1 to 1 cold after 30
      40 answer 1 1      > -
      41 acquire 2       > -
      41 deadline        > 65
      65 tick            > start 2
      65 deadline        > 10040
      90 ask 2           > hand 2 to 2 cold after 25
      """),
    PoolStory(
      "only as many wait for settling environments as there are",
      """
      0 acquire 1        > start 1
      30 ask 1           > hand 1 to 1 cold after 30
      40 answer 1 1      > -
      41 acquire 2       > -
      42 acquire 3       > start 2
      43 ask 1           > hand 2 to 1 warm
      60 ask 2           > hand 3 to 2 cold after 18
      """),
    PoolStory(
      "an answer to another invocation, or a second one, is refused",
      """
      0 acquire 1        > start 1
      1 answer 1 1       > refused
      30 ask 1           > hand 1 to 1 cold after 30
      31 answer 1 2      > refused
      32 answer 7 1      > refused
      33 answer 1 1      > -
      34 answer 1 1      > refused
      """),
    PoolStory(
      "an environment that owes an answer gets nothing; an idle one may ask again; an unknown one is refused",
      """
      0 acquire 1        > start 1
      30 ask 1           > hand 1 to 1 cold after 30
      31 ask 1           > refused
      40 answer 1 1      > -
      41 ask 1           > -
      42 ask 1           > -
      43 ask 9           > refused
      44 acquire 2       > hand 2 to 1 warm
      """),
    PoolStory(
      "an environment that has had its share of invocations is replaced", limit: 1, with: { $0.maximumInvocations = 2 },
      """
      0 acquire 1        > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      20 answer 1 1      > -
      21 ask 1           > -
      30 acquire 2       > hand 2 to 1 warm
      40 answer 1 2      > -
      41 ask 1           > terminate 1
      42 acquire 3       > -
      45 exit 1          > start 2
      """),
  ]

  static let ending = [
    PoolStory(
      "an environment that ends while idle is forgotten",
      """
      0 acquire 1        > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      20 answer 1 1      > -
      21 ask 1           > -
      30 exit 1          > -
      31 acquire 2       > start 2
      """),
    PoolStory(
      "an environment that ends while busy fails its invocation, and whoever waits gets a new one", limit: 1,
      """
      0 acquire 1        > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      15 acquire 2       > -
      20 exit 1          > fail 1 exited in 1, start 2
      21 answer 1 1      > refused
      40 ask 2           > hand 2 to 2 cold after 20
      """),
    PoolStory(
      "an environment that ends after its answer harms nobody", limit: 1,
      """
      0 acquire 1        > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      20 answer 1 1      > -
      21 acquire 2       > -
      22 exit 1          > start 2
      """),
    PoolStory(
      "shutting down fails what waits and what runs, and ends every environment", limit: 3, with: { $0.prewarm = 2 },
      """
      0 open             > start 1, start 2
      10 ask 1           > -
      11 ask 2           > -
      20 acquire 1       > hand 1 to 2 warm
      21 acquire 2       > hand 2 to 1 warm
      22 answer 1 2      > -
      23 acquire 3       > -
      24 acquire 4       > start 3
      30 shut-down       > fail 3 shuttingDown, terminate 1, fail 1 shuttingDown in 2, kill 2, fail 4 shuttingDown in 3, terminate 3
      31 acquire 5       > fail 5 shuttingDown
      32 exit 2          > -
      33 ask 3           > -
      34 answer 2 1      > refused
      35 shut-down       > -
      530 tick           > kill 1, kill 3
      """),
    PoolStory(
      "an exit of an environment that nobody knows changes nothing",
      """
      0 exit 4           > -
      """),
  ]

  static let time = [
    PoolStory(
      "an invocation that is not answered in time fails, and its environment is killed", limit: 1,
      """
      0 acquire 1        > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      10 deadline        > 30010
      30009 tick         > -
      30010 tick         > fail 1 timedOut in 1, kill 1
      30011 answer 1 1   > refused
      30012 acquire 2    > -
      30020 exit 1       > start 2
      """),
    PoolStory(
      "the limit of time counts from when the environment was ready, not from when it was started",
      """
      0 acquire 1        > start 1
      9000 ask 1         > hand 1 to 1 cold after 9000
      9000 deadline      > 39000
      """),
    PoolStory(
      "idle environments are stopped after their time, the longest unused first", limit: 3, with: { $0.prewarm = 3 },
      """
      0 open             > start 1, start 2, start 3
      10 ask 3           > -
      20 ask 1           > -
      30 ask 2           > -
      30 deadline        > 300010
      300010 tick        > terminate 3
      300011 exit 3      > -
      300030 tick        > terminate 1, terminate 2
      300030 deadline    > 300530
      300530 tick        > kill 1, kill 2
      """),
    PoolStory(
      "the minimum that is kept is not stopped, and needs no tick", limit: 3,
      with: {
        $0.prewarm = 3
        $0.minimumKept = 2
      },
      """
      0 open             > start 1, start 2, start 3
      10 ask 1           > -
      20 ask 2           > -
      30 ask 3           > -
      300010 tick        > terminate 1
      300011 exit 1      > -
      400000 tick        > -
      400000 deadline    > -
      """),
    PoolStory(
      "a busy environment counts towards the minimum that is kept", limit: 2,
      with: {
        $0.prewarm = 2
        $0.minimumKept = 1
      },
      """
      0 open             > start 1, start 2
      10 ask 1           > -
      20 ask 2           > -
      299990 acquire 1   > hand 1 to 2 warm
      300010 tick        > terminate 1
      """),
    PoolStory(
      "one that has answered and never asks for more is killed",
      """
      0 acquire 1        > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      20 answer 1 1      > -
      20 deadline        > 10020
      10020 tick         > kill 1
      10021 exit 1       > -
      """),
    PoolStory(
      "one that was asked to end and is stopped by nothing is killed once", with: { $0.prewarm = 1 },
      """
      0 open             > start 1
      5 init-error 1     > terminate 1
      5 deadline         > 505
      505 tick           > kill 1
      505 deadline       > -
      600 tick           > -
      """),
    PoolStory(
      "a pool without anything to watch has no deadline",
      """
      0 deadline         > -
      5 tick             > -
      """),
  ]
}
