import FoundationEssentials
import StackControl
import Testing

@Suite("The outputs of a deployment on AWS")
struct AWSDeploymentTests {
  private static func outputs(_ changes: [String: String] = [:], without names: [String] = []) -> String {
    var values = [
      "api_url": "\"https://abc.execute-api.us-east-1.amazonaws.com/live/\"", "name": "\"rce-dev\"",
      "region": "\"us-east-1\"", "environment": "\"dev\"", "profile": "\"lean\"", "architecture": "\"arm64\"",
      "gateway": "\"http\"", "memory_mb": #"{"api":256,"dispatcher":256,"executor":1769}"#,
      "function_names": #"{"api":"a","dispatcher":"d","executor":"e"}"#,
      "log_groups": #"{"api":"/a","dispatcher":"/d","executor":"/e"}"#, "dashboard_name": "null",
      "timeouts": #"{"api":10}"#, "cors": "[1, true]",
    ]
    values.merge(changes) { $1 }
    for name in names { values[name] = nil }
    let fields = values.map { #""\#($0)": {"sensitive": false, "type": "string", "value": \#($1)}"# }
    return "{\(fields.joined(separator: ","))}"
  }

  @Test("are read as Terraform prints them")
  func complete() throws {
    let deployment = try AWSDeployment(
      outputs: Array(
        Self.outputs(["limits": #"{"throttle":{"rate":200,"burst":400},"executor_concurrency":null}"#]).utf8),
      source: "outputs.json")
    #expect(deployment.apiURL == "https://abc.execute-api.us-east-1.amazonaws.com/live")
    #expect(deployment.memoryMB[.executor] == 1_769 && deployment.logGroups[.dispatcher] == "/d")
    #expect(deployment.throttleRate == 200 && deployment.throttleBurst == 400)
    #expect(deployment.executorConcurrency == nil)
  }

  @Test(
    "are refused with what is wrong and what to do",
    arguments: [
      ("no JSON", "is not what `terraform output -json` prints"), ("[]", "is not what"), ("{}", "nothing is deployed"),
      (outputs(without: ["api_url", "region"]), "lacks the outputs api_url, region"),
      (outputs(["api_url": "\"abc\""]), "api_url is 'abc', which is no URL"),
      (outputs(["region": "7"]), "the output region must be a text"),
      (outputs(["architecture": "\"x86\""]), "is 'x86', not x86_64 or arm64"),
      (outputs(["memory_mb": #"{"api":256}"#]), "has nothing fit for the function dispatcher"),
    ])
  func refusals(text: String, expected: String) {
    do throws(StackError) {
      _ = try AWSDeployment(outputs: Array(text.utf8), source: "outputs.json")
      Issue.record("it was read: \(text)")
    } catch {
      #expect(error.message.contains("outputs.json") && error.message.contains(expected), "\(error)")
      #expect(error.kind == .configuration && !error.hint.isEmpty)
    }
  }

  @Test("of a folder without a configuration, and of a file that is not there, are told so")
  func missing() {
    for outputs in [AWSOutputs(folder: "/nonexistent"), AWSOutputs(file: "/nonexistent.json")] {
      #expect(throws: StackError.self) { try outputs.deployment() }
    }
  }
}
