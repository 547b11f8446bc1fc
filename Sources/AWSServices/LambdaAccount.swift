import Curl

/// What an account may do with Lambda in a region.
package struct LambdaAccount: Sendable, Hashable {
  /// Executions at once, of all functions.
  package var concurrency: Int
  /// Those that no function has reserved for itself.
  package var unreserved: Int

  private struct Settings: Decodable {
    struct Limit: Decodable {
      var ConcurrentExecutions: Int
      var UnreservedConcurrentExecutions: Int?
    }
    var AccountLimit: Limit
  }

  /// Asks the service (GetAccountSettings).
  package static func settings(_ client: AWSClient, _ endpoint: AWSEndpoint) throws(AWSError) -> LambdaAccount {
    let task = "read the account's limits of Lambda"
    let request = AWSRequest(method: "GET", path: "/2016-08-19/account-settings/")
    let answer = try client.send(request, to: endpoint, task)
    let limit = try AWSJSON.decode(Settings.self, answer.body, task).AccountLimit
    return LambdaAccount(
      concurrency: limit.ConcurrentExecutions,
      unreserved: limit.UnreservedConcurrentExecutions ?? limit.ConcurrentExecutions)
  }
}
