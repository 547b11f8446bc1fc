/// Where the load goes and how it is spoken to, as a scenario says it.
public struct TargetSpecification: Sendable, Hashable {
  /// What is driven.
  public var place: TargetPlace
  /// Headers sent with every request; values may be secrets and are never printed.
  public var headers: [HTTPHeader]
  /// How connections are made and kept.
  public var http: HTTPSettings
  /// What happens to a submission that is refused; nil counts it as rejected at once.
  public var retry: RetryPolicy?

  /// A target; what is not said takes its default.
  public init(
    place: TargetPlace, headers: [HTTPHeader] = [], http: HTTPSettings = .init(), retry: RetryPolicy? = nil
  ) {
    self.place = place
    self.headers = headers
    self.http = http
    self.retry = retry
  }
}

/// What a scenario drives.
public enum TargetPlace: Sendable, Hashable {
  /// A private stack on this machine, started for the run.
  case local
  /// A platform that is already there, by the URL that `/execute` is appended to.
  case url(String)
}

/// A header of a request.
public struct HTTPHeader: Sendable, Hashable {
  /// The header's name.
  public var name: String
  /// The header's value.
  public var value: String

  /// A header.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// How connections are made and kept.
public struct HTTPSettings: Sendable, Hashable {
  /// Connections are used again.
  public var keepAlive: Bool
  /// Time to connect, TLS included.
  public var connectTimeout: Duration
  /// Time for a request and its answer; a long poll gets its waiting time on top.
  public var requestTimeout: Duration
  /// Connections open at once.
  public var maximumConnections: Int

  /// Settings with their defaults.
  public init(
    keepAlive: Bool = true, connectTimeout: Duration = .seconds(2), requestTimeout: Duration = .seconds(10),
    maximumConnections: Int = 512
  ) {
    self.keepAlive = keepAlive
    self.connectTimeout = connectTimeout
    self.requestTimeout = requestTimeout
    self.maximumConnections = maximumConnections
  }
}

/// When a refused submission is sent again.
public struct RetryPolicy: Sendable, Hashable {
  /// Status codes that are tried again.
  public var statuses: Set<Int>
  /// A connection that could not be made is tried again.
  public var onConnectError: Bool
  /// Submissions beyond the first.
  public var maximum: Int
  /// Time before the first retry.
  public var backoff: Duration
  /// What the time grows by with every retry.
  public var factor: Double
  /// The longest time between two tries.
  public var cap: Duration
  /// The platform's Retry-After replaces the time where it is longer.
  public var honoursRetryAfter: Bool

  /// A policy with its defaults.
  public init(
    statuses: Set<Int> = [429, 503], onConnectError: Bool = false, maximum: Int = 3,
    backoff: Duration = .milliseconds(200), factor: Double = 2, cap: Duration = .seconds(5),
    honoursRetryAfter: Bool = true
  ) {
    self.statuses = statuses
    self.onConnectError = onConnectError
    self.maximum = maximum
    self.backoff = backoff
    self.factor = factor
    self.cap = cap
    self.honoursRetryAfter = honoursRetryAfter
  }
}
