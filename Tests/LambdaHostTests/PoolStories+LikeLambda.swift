import LambdaHost

extension PoolStory {
  static let repeating = [
    PoolStory(
      "an environment that ends before it is ready is followed by another within the invocation", limit: 1,
      """
      0 acquire 1        > start 1
      5 exit 1           > start 2, begin 1 in 2
      5 deadline         > 30005
      45 ask 2           > hand 1 to 2 cold after 45 of it 40
      45 deadline        > 30005
      50 answer 2 1      > -
      """),
    PoolStory(
      "the second try fails the invocation, and the next one has two tries again",
      """
      0 acquire 1        > start 1
      5 exit 1           > start 2, begin 1 in 2
      9 exit 2           > fail 1 initFailed in 2
      10 acquire 2       > start 3
      15 exit 3          > start 4, begin 2 in 4
      """),
    PoolStory(
      "an environment that reports an init error has a moment to end, and the second try does not wait for that",
      """
      0 acquire 1        > start 1
      5 init-error 1     > terminate 1, start 2, begin 1 in 2
      9 exit 1           > -
      12 init-error 2    > fail 1 initFailed in 2, terminate 2
      """),
    PoolStory(
      "where there is no room the second try waits for the end of the first, before all others", limit: 1,
      """
      0 acquire 1        > start 1
      1 acquire 2        > -
      5 init-error 1     > terminate 1
      9 exit 1           > start 2, begin 1 in 2
      60 ask 2           > hand 1 to 2 cold after 60 of it 55
      70 answer 2 1      > -
      71 ask 2           > hand 2 to 2 warm
      """),
    PoolStory(
      "one that is not ready in time is killed, and the second has the time of the invocation for start and run",
      """
      0 acquire 1        > start 1
      0 deadline         > 10000
      9999 tick          > -
      10000 tick         > kill 1, start 2, begin 1 in 2
      10000 deadline     > 40000
      10001 ask 1        > -
      10002 exit 1       > -
      25000 ask 2        > hand 1 to 2 cold after 25000 of it 15000
      25000 deadline     > 40000
      40000 tick         > fail 1 timedOut in 2, kill 2
      """),
    PoolStory(
      "a second that is not ready within the time of the invocation ends it",
      """
      0 acquire 1        > start 1
      10000 tick         > kill 1, start 2, begin 1 in 2
      10001 exit 1       > -
      39999 tick         > -
      40000 tick         > fail 1 initTimedOut in 2, kill 2
      40001 exit 2       > -
      40001 deadline     > -
      """),
    PoolStory(
      "a second try that finds no room in all its time fails", limit: 1, with: { $0.invocationTimeout = 300_000_000 },
      """
      0 acquire 1        > start 1
      5 init-error 1     > terminate 1
      5 deadline         > 305
      305 tick           > fail 1 initTimedOut
      """),
    PoolStory(
      "shutting down fails a second try that waits for room", limit: 1,
      """
      0 acquire 1        > start 1
      5 init-error 1     > terminate 1
      6 shut-down        > fail 1 shuttingDown
      9 exit 1           > -
      """),
  ]

  static let concurrency = [
    PoolStory(
      "no more run at once than the maximum, however many environments there may be", limit: 4,
      with: { $0.maximumConcurrency = 2 },
      """
      0 acquire 1        > start 1
      1 acquire 2        > start 2
      2 acquire 3        > -
      10 ask 1           > hand 1 to 1 cold after 10
      20 answer 1 1      > -
      21 ask 1           > hand 3 to 1 warm
      22 acquire 4       > -
      30 exit 2          > start 3, begin 2 in 3
      31 answer 1 3      > -
      32 ask 1           > hand 4 to 1 warm
      """),
    PoolStory(
      "a direct invocation is throttled at the maximum, and one that waits is not", limit: 4,
      with: { $0.maximumConcurrency = 1 },
      """
      0 acquire 1 at-once  > start 1
      1 acquire 2 at-once  > fail 2 throttled
      2 acquire 3          > -
      10 ask 1             > hand 1 to 1 cold after 10
      """),
    PoolStory(
      "a direct invocation is throttled where all environments are busy", limit: 1,
      """
      0 acquire 1          > start 1
      10 ask 1             > hand 1 to 1 cold after 10
      11 acquire 2 at-once > fail 2 throttled
      20 answer 1 1        > -
      21 ask 1             > -
      22 acquire 3 at-once > hand 3 to 1 warm
      """),
    PoolStory(
      "a direct invocation relies on an environment that has just answered, and is throttled when that takes too long",
      limit: 1,
      """
      0 acquire 1          > start 1
      10 ask 1             > hand 1 to 1 cold after 10
      20 answer 1 1        > -
      21 acquire 2 at-once > -
      21 deadline          > 45
      45 tick              > fail 2 throttled
      """),
  ]

  static let provisioned = [
    PoolStory(
      "provisioned environments come first, are not taken before they are ready, and their work is warm", limit: 3,
      with: { $0.provisioned = 2 },
      """
      0 open             > provision 1, provision 2
      5 acquire 1        > start 3
      40 ask 1           > -
      41 ask 2           > -
      42 acquire 2       > hand 2 to 2 warm
      """),
    PoolStory(
      "work beyond them spills over to environments on demand, which idleness ends and them it does not", limit: 3,
      with: { $0.provisioned = 1 },
      """
      0 open             > provision 1
      40 ask 1           > -
      50 acquire 1       > hand 1 to 1 warm
      51 acquire 2       > start 2
      90 ask 2           > hand 2 to 2 cold after 39
      95 answer 1 1      > -
      96 ask 1           > -
      97 answer 2 2      > -
      98 ask 2           > -
      99 acquire 3       > hand 3 to 1 warm
      100 answer 1 3     > -
      101 ask 1          > -
      300098 tick        > terminate 2
      300099 exit 2      > -
      900000 tick        > -
      900000 deadline    > -
      """),
    PoolStory(
      "one that ends is replaced at once, where there is room before it has ended", limit: 2,
      with: {
        $0.provisioned = 1
        $0.maximumInvocations = 1
      },
      """
      0 open             > provision 1
      40 ask 1           > -
      50 acquire 1       > hand 1 to 1 warm
      55 answer 1 1      > -
      56 ask 1           > terminate 1, provision 2
      57 exit 1          > -
      90 ask 2           > -
      95 exit 2          > provision 3
      """),
    PoolStory(
      "at the limit work waits for a provisioned one that is on its way", limit: 1, with: { $0.provisioned = 1 },
      """
      0 open             > provision 1
      5 acquire 1        > -
      40 ask 1           > hand 1 to 1 warm
      45 exit 1          > fail 1 exited in 1, provision 2
      """),
    PoolStory(
      "one that does not start is tried again after a pause, which doubles until one starts", limit: 2,
      with: { $0.provisioned = 1 },
      """
      0 open             > provision 1
      5 exit 1           > -
      5 deadline         > 505
      504 tick           > -
      505 tick           > provision 2
      510 init-error 2   > terminate 2
      510 deadline       > 1010
      520 exit 2         > -
      1509 tick          > -
      1510 tick          > provision 3
      1550 ask 3         > -
      1560 exit 3        > provision 4
      1570 exit 4        > -
      1570 deadline      > 2070
      """),
    PoolStory(
      "the limit bounds them and what is started ahead of need together", limit: 3,
      with: {
        $0.provisioned = 2
        $0.prewarm = 2
      },
      """
      0 open             > provision 1, provision 2, start 3
      """),
  ]

  static let tenants = [
    PoolStory(
      "an environment serves one tenant only, and those without one are one of their own", limit: 4,
      with: { $0.isolatesTenants = true },
      """
      0 acquire 1 for a  > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      20 answer 1 1      > -
      21 ask 1           > -
      30 acquire 2 for b > start 2
      31 acquire 3       > start 3
      32 acquire 4 for a > hand 4 to 1 warm
      33 answer 1 4      > -
      34 acquire 5 for b > start 4
      35 ask 1           > -
      """),
    PoolStory(
      "without isolation nobody looks at tenants", limit: 1,
      """
      0 acquire 1 for a  > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      11 acquire 2 for b > -
      20 answer 1 1      > -
      21 ask 1           > hand 2 to 1 warm
      """),
    PoolStory(
      "an environment that has served nobody takes any tenant, and the tenant's own comes before it", limit: 3,
      with: {
        $0.isolatesTenants = true
        $0.prewarm = 2
      },
      """
      0 open             > start 1, start 2
      10 ask 1           > -
      11 acquire 1 for a > hand 1 to 1 warm
      15 answer 1 1      > -
      16 ask 1           > -
      20 ask 2           > -
      30 acquire 2 for a > hand 2 to 1 warm
      31 acquire 3 for b > hand 3 to 2 warm
      """),
    PoolStory(
      "at the limit the idle environment of another tenant makes room, the longest unused first", limit: 2,
      with: { $0.isolatesTenants = true },
      """
      0 acquire 1 for a  > start 1
      0 acquire 2 for b  > start 2
      10 ask 2           > hand 2 to 2 cold after 10
      11 ask 1           > hand 1 to 1 cold after 11
      20 answer 2 2      > -
      21 ask 2           > -
      22 answer 1 1      > -
      23 ask 1           > -
      30 acquire 3 for c > terminate 2
      31 acquire 4 for a > hand 4 to 1 warm
      40 exit 2          > start 3
      50 ask 3           > hand 3 to 3 cold after 10
      """),
    PoolStory(
      "each waiting tenant makes one environment go and no more", limit: 2,
      with: { $0.isolatesTenants = true },
      """
      0 acquire 1 for a  > start 1
      0 acquire 2 for a  > start 2
      10 ask 1           > hand 1 to 1 cold after 10
      11 ask 2           > hand 2 to 2 cold after 11
      20 answer 1 1      > -
      21 ask 1           > -
      22 answer 2 2      > -
      23 ask 2           > -
      30 acquire 3 for b > terminate 1
      31 tick            > -
      32 acquire 4 for c > terminate 2
      40 exit 1          > start 3
      41 exit 2          > start 4
      """),
    PoolStory(
      "the longest wait comes first: a busy tenant does not keep its environment from one that has waited longer",
      limit: 1, with: { $0.isolatesTenants = true },
      """
      0 acquire 1 for a  > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      11 acquire 2 for b > -
      12 acquire 3 for a > -
      20 answer 1 1      > -
      21 ask 1           > terminate 1
      25 exit 1          > start 2
      35 ask 2           > hand 2 to 2 cold after 10
      40 answer 2 2      > -
      41 ask 2           > terminate 2
      45 exit 2          > start 3
      """),
    PoolStory(
      "a provisioned environment makes room too, and the new one takes whoever waits", limit: 1,
      with: {
        $0.isolatesTenants = true
        $0.provisioned = 1
      },
      """
      0 open             > provision 1
      10 ask 1           > -
      11 acquire 1 for a > hand 1 to 1 warm
      12 answer 1 1      > -
      13 ask 1           > -
      20 acquire 2 for b > terminate 1
      25 exit 1          > provision 2
      26 tick            > -
      60 ask 2           > hand 2 to 2 warm
      """),
  ]

  static let retiring = [
    PoolStory(
      "an environment with a problem gets no more work, and whoever waits does not rely on it", limit: 2,
      """
      0 acquire 1                   > start 1
      10 ask 1                      > hand 1 to 1 cold after 10
      20 answer 1 1 retiring problem > -
      21 acquire 2                  > start 2
      22 ask 1                      > terminate 1
      25 exit 1                     > -
      """),
    PoolStory(
      "one that ends by itself after its last answer is counted all the same", limit: 1,
      """
      0 acquire 1                   > start 1
      10 ask 1                      > hand 1 to 1 cold after 10
      11 acquire 2                  > -
      20 answer 1 1 retiring limit  > -
      22 exit 1                     > start 2
      """),
  ]

  static let leases = [
    PoolStory(
      "a lease holds its environment between its invocations, also from those who have waited longer", limit: 1,
      """
      0 acquire 1 on x   > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      11 acquire 9       > -
      20 answer 1 1      > -
      21 ask 1           > -
      30 acquire 2 on x  > hand 2 to 1 warm
      40 answer 1 2      > -
      41 acquire 3 on x  > -
      42 ask 1           > hand 3 to 1 warm
      50 answer 1 3      > -
      51 ask 1           > -
      52 end x           > hand 9 to 1 warm
      """),
    PoolStory(
      "an environment that is held is neither idle for others nor ended by idleness", limit: 2,
      """
      0 acquire 1 on x   > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      20 answer 1 1      > -
      21 ask 1           > -
      30 acquire 2       > start 2
      40 exit 2          > start 3, begin 2 in 3
      400000 end x       > -
      400000 deadline    > 30040
      """),
    PoolStory(
      "a lease whose environment ends goes on with another", limit: 2,
      """
      0 acquire 1 on x   > start 1
      10 ask 1           > hand 1 to 1 cold after 10
      20 exit 1          > fail 1 exited in 1
      21 acquire 2 on x  > start 2
      30 ask 2           > hand 2 to 2 cold after 9
      31 answer 2 2      > -
      32 acquire 3 on x  > -
      33 ask 2           > hand 3 to 2 warm
      """),
    PoolStory(
      "a lease does not wait for an environment that is too slow, or that is to end", limit: 3,
      """
      0 acquire 1 on x              > start 1
      10 ask 1                      > hand 1 to 1 cold after 10
      20 answer 1 1                 > -
      21 acquire 2 on x             > -
      45 tick                       > start 2
      60 ask 2                      > hand 2 to 2 cold after 15
      70 answer 2 2 retiring limit  > -
      71 acquire 3 on x             > start 3
      """),
    PoolStory(
      "the end of a lease that holds nothing changes nothing",
      """
      0 end x            > -
      """),
  ]
}
