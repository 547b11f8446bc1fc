import HostSystem

/// Finds credentials where AWS's own tools do, and finds them anew before they expire.
///
/// In this order: the environment, the shared file's profile, the container's endpoint, the instance's endpoint
/// (IMDSv2).
package final class AWSCredentialSource: Sendable {
  private let environment: [String: String]
  private let endpoints: CredentialEndpoints
  private let cached = Lock<FoundCredentials?>(nil)

  /// A source that reads these variables.
  ///
  /// - Parameter containerBase: where `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` begins.
  package init(environment: [String: String], containerBase: String = "http://169.254.170.2") {
    // An empty variable is none, as in AWS's own tools.
    self.environment = environment.filter { !$0.value.isEmpty }
    endpoints = CredentialEndpoints(environment: self.environment, containerBase: containerBase)
  }

  /// Credentials that are good for five more minutes where that can be had.
  package func current() throws(AWSError) -> AWSCredentials {
    let now = WallClock.milliseconds / 1_000
    let known = cached.withLock { $0 }
    if let known, known.isGood(at: now + 300) { return known.credentials }
    do throws(AWSError) {
      let found = try find()
      cached.withLock { $0 = found }
      return found.credentials
    } catch {
      // An endpoint that is out of order for a moment: those that are known have not ended yet.
      if let known, known.isGood(at: now) { return known.credentials }
      throw error
    }
  }

  /// Forgets what was found: a service says that it has ended.
  package func forget() {
    cached.withLock { $0 = nil }
  }

  private func find() throws(AWSError) -> FoundCredentials {
    if let found = try fromEnvironment() { return found }
    if let found = try fromFile() { return found }
    if let found = try endpoints.container() { return found }
    if let found = try endpoints.instance() { return found }
    throw AWSError(
      .credentials,
      "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a profile of "
        + "~/.aws/credentials")
  }

  private func fromEnvironment() throws(AWSError) -> FoundCredentials? {
    let id = environment["AWS_ACCESS_KEY_ID"]
    let secret = environment["AWS_SECRET_ACCESS_KEY"]
    guard let id, let secret else {
      guard id == nil, secret == nil else {
        let missing = id == nil ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY"
        throw AWSError(.credentials, "\(missing) is not set, but its other half is: set both or none")
      }
      return nil
    }
    return FoundCredentials(
      credentials: AWSCredentials(
        accessKeyID: id, secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"]))
  }

  private func fromFile() throws(AWSError) -> FoundCredentials? {
    let named = environment["AWS_PROFILE"]
    let path = environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "\(environment["HOME"] ?? "")/.aws/credentials"
    guard let text = CredentialsFile.read(path) else {
      guard let named else { return nil }
      throw AWSError(.credentials, "AWS_PROFILE is \(named), but \(path) cannot be read")
    }
    let profile = named ?? "default"
    guard let fields = CredentialsFile.fields(of: profile, in: text) else {
      guard named != nil else { return nil }
      let others = CredentialsFile.profiles(in: text)
      throw AWSError(
        .credentials,
        "\(path) has no profile \(profile)\(others.isEmpty ? "" : "; it has \(others.joined(separator: ", "))")")
    }
    guard let id = fields["aws_access_key_id"], let secret = fields["aws_secret_access_key"] else {
      // A default profile may hold nothing but settings.
      guard named != nil else { return nil }
      throw AWSError(
        .credentials,
        "\(path) has no access key and secret for the profile \(profile); of a profile that logs in or assumes a role, "
          + "export them: aws configure export-credentials --profile \(profile) --format env")
    }
    return FoundCredentials(
      credentials: AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: fields["aws_session_token"]))
  }
}

/// Credentials with the time at which they end.
struct FoundCredentials: Sendable {
  var credentials: AWSCredentials
  /// Seconds since 1970; nil never ends.
  var expires: Int64?

  func isGood(at seconds: Int64) -> Bool { expires.map { $0 > seconds } ?? true }
}
