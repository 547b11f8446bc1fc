import AWSServices
import TestServices
import Testing

/// The calls of CloudWatch Logs against moto, which takes their shape from AWS's own descriptions, and signs them alike.
@Suite struct LogsServiceTests {
  @Test func `a query is started and read, and a group that is not there is told`() throws {
    let moto = try MotoServer()
    let client = AWSClient(
      service: "logs", region: "us-east-1", credentials: AWSCredentialSource(environment: moto.environment))
    let endpoint = try AWSEndpoint(service: "logs", region: "us-east-1", environment: moto.environment)
    let insights = LogsInsights(client, endpoint, pace: .init(firstLook: 5))
    do throws(AWSError) {
      _ = try insights.rows(of: "fields @message", in: "/aws/lambda/absent", from: 0, to: 2_000_000_000)
      Issue.record("a group that is not there was read")
    } catch {
      #expect(error.kind == .missing && error.description.contains("no such group"), "\(error)")
    }
    _ = try moto.call(
      "logs", target: "Logs_20140328.CreateLogGroup", body: #"{"logGroupName":"/aws/lambda/executor"}"#)
    let answer = try insights.rows(of: "fields @message", in: "/aws/lambda/executor", from: 0, to: 2_000_000_000)
    #expect(answer.rows.isEmpty && !answer.isCut)
  }
}
