public import Jobs

/// A platform that a scenario describes itself.
public struct CustomProfile: Sendable, Hashable {
  /// The platform's own word by the name of a language; others are sent as they are.
  public var languages: [String: String] = [:]
  /// What is asked to find out whether anything answers.
  public var healthPath: String
  /// How a program is submitted.
  public var submit: CustomCall
  /// Where the answer to a submission has the job's id; nil where that answer is the result.
  public var id: JSONPath?
  /// How a status is read; nil where the answer to a submission is the result.
  public var poll: CustomCall?
  /// Where the state is, and what its words mean.
  public var state: JSONPath
  /// What a state's word means.
  public var states: [String: CustomState]
  /// Where what the program wrote is, where it completed.
  public var result: CustomText?
  /// Where what went wrong is.
  public var error: CustomText?
  /// Where all that the program wrote to standard output is.
  public var stdout: CustomText?
  /// Where the program's exit code is.
  public var exitCode: JSONPath?
  /// Where the platform's instants are, by the names `s0` to `s6`.
  public var instants: [CustomInstant]

  package init(
    languages: [String: String] = [:], healthPath: String = "/", submit: CustomCall, id: JSONPath?, poll: CustomCall?,
    state: JSONPath, states: [String: CustomState], result: CustomText? = nil, error: CustomText? = nil,
    stdout: CustomText? = nil, exitCode: JSONPath? = nil, instants: [CustomInstant] = []
  ) {
    self.languages = languages
    self.healthPath = healthPath
    self.submit = submit
    self.id = id
    self.poll = poll
    self.state = state
    self.states = states
    self.result = result
    self.error = error
    self.stdout = stdout
    self.exitCode = exitCode
    self.instants = instants
  }
}

/// A call of a platform that a scenario describes.
public struct CustomCall: Sendable, Hashable {
  /// The method in capitals.
  public var method: String
  /// The path with its placeholders, appended to the base URL.
  public var path: RequestTemplate
  /// Headers in addition to those of the target.
  public var headers: [HTTPHeader]
  /// The body with its placeholders; empty where there is none.
  public var body: RequestTemplate
}

/// What a platform's word for a state means.
public enum CustomState: Sendable, Hashable {
  /// One of the four states.
  case state(JobState)
  /// Failed, and for this reason.
  case failure(ErrorType)
}

/// A text in an answer.
public struct CustomText: Sendable, Hashable {
  /// Where it is.
  public var path: JSONPath
  /// It is the base64 of what is meant.
  public var isBase64: Bool
}

/// An instant in an answer.
public struct CustomInstant: Sendable, Hashable {
  /// An instant of the platform, as the README's table of instants defines it.
  public enum Name: String, Sendable, Hashable, CaseIterable {
    case s0, s1, s2, s3, s4, s5, s6
  }

  /// How it is written.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// Seconds since 1970, whole or not.
    case seconds = "s"
    /// Milliseconds since 1970.
    case milliseconds = "ms"
    /// Microseconds since 1970.
    case microseconds = "us"
    /// ISO 8601, as in `2026-11-27T09:30:00.125Z`.
    case iso8601
  }

  /// Which instant it is.
  public var name: Name
  /// Where it is.
  public var path: JSONPath
  /// How it is written.
  public var unit: Unit
}
