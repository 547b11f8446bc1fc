package import FoundationEssentials

/// A platform as a bill sees it: what it is made of, how it is configured, and what one execution uses.
///
/// Quantities are for one execution, or for a month of `hours` where they stand idle; sizes of transfers are in units of
/// 2^10 and 2^30 bytes.
package struct CostProfile: Sendable, Hashable {
  /// Its name on the command line, for example `lean`.
  package var name: String
  /// What it is, in a sentence.
  package var title: String
  package var executor = Executor()
  package var api = API()
  package var queue = Queue()
  package var dispatcher = Dispatcher()
  package var status = Status()
  package var storage = Storage()
  package var network = Network()
  package var operations = Operations()
  /// Hours of a month.
  package var hours = Decimal(730)
  /// Deployments of the same kind, for example dev, staging and prod; all that stands idle is paid for each of them.
  package var environments = Decimal(1)

  package init(name: String, title: String) {
    self.name = name
    self.title = title
  }

  /// The function that runs user code.
  package struct Executor: Sendable, Hashable {
    package var architecture = Architecture.x86
    package var memoryMB = Decimal(512)
    package var ephemeralMB = Decimal(512)
    /// Mean milliseconds of an execution, initialisation not counted.
    package var milliseconds = Decimal(2_000)
    /// Share of executions that wait for an initialisation, which is billed.
    package var coldShare = Decimal(5) / 100
    package var initialisationMilliseconds = Decimal(350)
    /// Share of executions that get a fresh environment under tenant isolation.
    package var tenantShare = Decimal(0)
    /// Environments that are kept ready all month.
    package var provisioned = Decimal(0)
    /// Share of executions that find one of them, where there are some.
    package var provisionedShare = Decimal(1)
  }

  /// What a client talks to.
  package struct API: Sendable, Hashable {
    package enum Gateway: String, Sendable, Hashable, CaseIterable {
      case rest, http
    }
    package var gateway = Gateway.rest
    /// Status reads of an execution.
    package var polls = Decimal(3)
    /// Share of calls that a browser asks leave for first; each costs a call.
    package var preflightShare = Decimal(1)
    package var memoryMB = Decimal(256)
    package var milliseconds = Decimal(15)
    /// Milliseconds that a status read waits inside the function, billed all the while.
    package var waitMilliseconds = Decimal(0)
    /// Size of a call with its answer.
    package var requestKB = Decimal(4)
  }

  /// What carries a job to the executor.
  package struct Queue: Sendable, Hashable {
    package var messageKB = Decimal(4)
    /// Messages of one invocation.
    package var batch = Decimal(1)
    /// Times that a job is received and run, 1 where nothing is repeated.
    package var receives = Decimal(1)
    /// Pollers of the event source that ask the idle queue every 20 s.
    package var idlePollers = Decimal(5)
    package var queues = Decimal(1)
    /// Event pollers that are paid for by the hour.
    package var provisionedPollers = Decimal(0)
  }

  /// The function between queue and executor, which waits while an executor runs and is billed for that; none without
  /// memory, where the queue's messages go to the executor itself.
  package struct Dispatcher: Sendable, Hashable {
    package var memoryMB = Decimal(0)
    /// Milliseconds billed for each that an executor is billed: 1 where every job has a dispatcher of its own, less where
    /// a batch of jobs runs at once.
    package var waitShare = Decimal(1)
    /// Invocations for each of an executor.
    package var invocations = Decimal(1)
  }

  /// Where the state of a job is kept.
  package struct Status: Sendable, Hashable {
    package enum Store: String, Sendable, Hashable, CaseIterable {
      case cache, dynamodb
    }
    package enum Node: String, Sendable, Hashable, CaseIterable {
      case redisT3 = "redis.t3_micro"
      case redisT4g = "redis.t4g_micro"
      case valkeyT3 = "valkey.t3_micro"
      case valkeyT4g = "valkey.t4g_micro"
    }
    package var store = Store.cache
    package var node = Node.redisT3
    package var nodes = Decimal(1)
    /// Writes of an execution: queued, running, ended.
    package var writes = Decimal(3)
  }
}
