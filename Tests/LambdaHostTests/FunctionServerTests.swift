import Curl
import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import LambdaHost
import MicroHTTP
import TestServices
import Testing

/// A scripted function behind the Invoke operation.
private struct Served {
  let scripted: ScriptedHost
  let server: FunctionServer

  init(_ pool: PoolConfiguration = rules(limit: 1), script: @escaping ScriptedHost.Script) throws {
    scripted = try ScriptedHost(pool, ownDoors: true, script: script)
    server = try FunctionServer(.init(), scripted.host)
  }

  func invoke(
    _ name: String = "rce-executor:live", _ headers: [(String, String)] = [], body: [UInt8]? = nil
  ) throws -> HTTPClientResponse {
    let payload = try body ?? encode(request("hello"))
    let headers: [(name: String, value: String)] = headers.map { (name: $0.0, value: $0.1) }
    return try HTTPClient().send(
      .init(
        method: "POST", url: "http://127.0.0.1:\(server.port)/2015-03-31/functions/\(name)/invocations",
        headers: headers, body: payload, timeoutMilliseconds: 20_000))
  }
}

private struct Failure: Decodable {
  var errorType: String?
  var errorMessage: String?
  var Message: String?
}

@Suite("A function behind the Invoke operation")
struct FunctionServerTests {
  @Test("is answered with its response, its request's name and the end of its log, and reads a plain address")
  func response() throws {
    let served = try Served { bootstrap in
      #expect(bootstrap.base.hasSuffix("/2018-06-01/runtime"))
      #expect(bootstrap.base.split(separator: "/").count == 4, "http:, host and port, version, runtime")
      try bootstrap.echo()
    }
    let answer = try served.invoke("rce-executor:live", [("X-Amz-Log-Type", "Tail")])
    #expect(answer.status == 200 && answer.header("x-amz-function-error") == nil)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("hello"))
    let id = try #require(answer.header("x-amzn-requestid"))
    let log = try #require(answer.header("x-amz-log-result").flatMap { Data(base64Encoded: $0) })
    let lines = String(decoding: log, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == "START RequestId: \(id) Version: $LATEST")
    #expect(lines[2].hasPrefix("REPORT RequestId: \(id)\t") && lines[2].contains("\tInit Duration: "))
    let arn = "arn:aws:lambda:local:000000000000:function:rce-executor"
    #expect(try served.invoke(arn).header("x-amz-log-result") == nil)
  }

  @Test("that fails is a successful call with the function's own error")
  func functionError() throws {
    let served = try Served { bootstrap in
      while true {
        let work = try bootstrap.next()
        let body = #"{"errorMessage":"no","errorType":"ValueError"}"#
        try bootstrap.post("/invocation/\(work.requestId)/error", Array(body.utf8), type: "ValueError")
      }
    }
    let answer = try served.invoke()
    #expect(answer.status == 200 && answer.header("x-amz-function-error") == "Unhandled")
    #expect(try (decode(answer.body) as Failure).errorType == "ValueError")
    #expect(served.scripted.log.last?.hasSuffix("\tStatus: error\tError Type: ValueError") == true)
  }

  @Test("that exceeds its time is killed and told as Lambda tells it, and the next call has a new environment")
  func timeout() throws {
    let served = try Served(rules(limit: 1) { $0.invocationTimeout = 300_000_000 }) { bootstrap in
      // And never answers.
      _ = try bootstrap.next()
    }
    let answer = try served.invoke()
    let failure: Failure = try decode(answer.body)
    #expect(answer.status == 200 && failure.errorType == "Sandbox.Timedout")
    #expect(failure.errorMessage?.hasSuffix(" Error: Task timed out after 0.30 seconds") == true)
    #expect(served.scripted.log.last?.hasSuffix("\tStatus: timeout") == true)
  }

  @Test("that cannot start is told with what it reported")
  func initError() throws {
    let served = try Served { bootstrap in
      let body = #"{"errorMessage":"no module app","errorType":"Runtime.ImportModuleError"}"#
      try bootstrap.post("/init/error", Array(body.utf8), type: "Runtime.ImportModuleError")
    }
    let answer = try served.invoke()
    #expect(answer.header("x-amz-function-error") == "Unhandled")
    #expect(try (decode(answer.body) as Failure).errorType == "Runtime.ImportModuleError")
    #expect(served.scripted.log.last?.hasSuffix("\tError Type: Runtime.ImportModuleError") == true)
  }

  @Test("that dies is an exit of the runtime")
  func exits() throws {
    let isBusy = Lock(false)
    let served = try Served { bootstrap in
      _ = try bootstrap.next()
      isBusy.withLock { $0 = true }
    }
    let killer = try NativeThread(named: "killer") {
      _ = eventually { isBusy.withLock { $0 } }
      for process in served.scripted.processes { kill(process, SIGKILL) }
    }
    let answer = try served.invoke()
    killer.join()
    let failure: Failure = try decode(answer.body)
    #expect(failure.errorType == "Runtime.ExitError")
    #expect(failure.errorMessage?.contains("Error: Runtime exited: killed by signal 9") == true)
  }

  @Test("is throttled where all its environments are busy")
  func throttled() throws {
    let isBusy = Lock(false)
    let served = try Served { bootstrap in
      let work = try bootstrap.next()
      isBusy.withLock { $0 = true }
      _ = eventually(within: 10_000) { !isBusy.withLock { $0 } }
      try bootstrap.respond(work.requestId, result(of: work.request))
    }
    let first = try NativeThread(named: "first") { _ = try? served.invoke() }
    #expect(eventually { isBusy.withLock { $0 } })
    let answer = try served.invoke()
    isBusy.withLock { $0 = false }
    first.join()
    #expect(answer.status == 429 && answer.header("x-amzn-errortype") == "TooManyRequestsException")
  }

  @Test(
    "refuses what is no invocation of it",
    arguments: [
      ("other", "RequestResponse", 404, "Function not found: other; this is rce-executor"),
      ("rce-executor", "Event", 400, "InvocationType Event is not offered here"),
      ("rce-executor", "DryRun", 204, ""),
    ])
  func refusals(name: String, type: String, status: Int, message: String) throws {
    let served = try Served { try $0.echo() }
    let answer = try served.invoke(name, [("X-Amz-Invocation-Type", type)])
    #expect(answer.status == status)
    guard status != 204 else { return }
    #expect(try (decode(answer.body) as Failure).Message == message)
  }

  @Test("takes a tenant where it isolates tenants, and only there")
  func tenants() throws {
    let served = try Served(rules(limit: 2) { $0.isolatesTenants = true }) { try $0.echo() }
    #expect(try served.invoke("rce-executor", [("X-Amz-Tenant-Id", "a")]).status == 200)
    #expect(try served.invoke().status == 400)
    let shared = try Served { try $0.echo() }
    #expect(try shared.invoke("rce-executor", [("X-Amz-Tenant-Id", "a")]).status == 400)
  }
}
