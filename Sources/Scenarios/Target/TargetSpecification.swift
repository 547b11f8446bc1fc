/// Where the load goes and how it is spoken to, as a scenario says it.
public struct TargetSpecification: Sendable, Hashable {
  /// What is driven.
  public var place: TargetPlace
  /// Which platform it is.
  public var profile: TargetProfile
  /// Headers sent with every request; values may be secrets and are never printed.
  public var headers: [HTTPHeader]
  /// How connections are made and kept.
  public var http: HTTPSettings
  /// What happens to a submission that is refused; nil counts it as rejected at once.
  public var retry: RetryPolicy?
  /// What must not be stored or shown.
  public var secrets: Secrets

  /// A target; what is not said takes its default.
  public init(
    place: TargetPlace, profile: TargetProfile = .rce, headers: [HTTPHeader] = [], http: HTTPSettings = .init(),
    retry: RetryPolicy? = nil, secrets: Secrets = .init()
  ) {
    self.place = place
    self.profile = profile
    self.headers = headers
    self.http = http
    self.retry = retry
    self.secrets = secrets
  }
}

/// What a scenario drives.
public enum TargetPlace: Sendable, Hashable {
  /// A private stack on this machine, started for the run.
  case local
  /// The deployment of the reference stack on AWS, by the outputs of `stack/aws`.
  case aws
  /// A platform that is already there, by the URL that its profile's paths are appended to.
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

/// When a refused submission is sent again.
public struct RetryPolicy: Sendable, Hashable {
  /// Status codes that are tried again.
  public var statuses: Set<Int>
  /// A connection that could not be made is tried again.
  public var onConnectError: Bool
  /// Submissions beyond the first.
  public var maximum: Int
  /// The longest time before the first retry; the pause is between half of it and the whole.
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
