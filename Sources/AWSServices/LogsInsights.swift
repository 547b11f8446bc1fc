import Curl
import FoundationEssentials
import Glibc
import HostSystem

/// CloudWatch Logs Insights: queries over log groups, which run for a while and are then read.
package struct LogsInsights: Sendable {
  /// Rows that one query gives at most (CloudWatch Logs user guide, "CloudWatch Logs Insights query syntax", `limit`).
  package static let rowLimit = 10_000

  /// One row: the fields that the query named, by their names.
  package typealias Row = [String: String]

  /// What a query gave.
  package struct Answer: Sendable {
    /// In the order of the query.
    package var rows: [Row] = []
    /// Bytes that were read for it, which is what is billed.
    package var scannedBytes = 0
    /// There were more rows in one second than a query gives.
    package var isCut = false
  }

  private let client: AWSClient
  private let endpoint: AWSEndpoint
  private let pace: Pace
  private let rowLimit: Int

  /// How a query is waited for.
  package struct Pace: Sendable {
    /// Milliseconds before the first look; each next is twice as long after the one before, up to two seconds.
    package var firstLook: Int
    /// Milliseconds for one query in all.
    package var timeout: Int

    /// A pace; Insights itself ends a query after an hour.
    package init(firstLook: Int = 250, timeout: Int = 300_000) {
      self.firstLook = firstLook
      self.timeout = timeout
    }
  }

  /// A client of the service in a region.
  package init(
    _ client: AWSClient, _ endpoint: AWSEndpoint, pace: Pace = Pace(), rowLimit: Int = LogsInsights.rowLimit
  ) {
    self.client = client
    self.endpoint = endpoint
    self.pace = pace
    self.rowLimit = rowLimit
  }

  /// Asks over a stretch of time, both ends included, in seconds since 1970.
  ///
  /// A stretch with more rows than a query gives is asked for in halves, so rows of the second between may come twice.
  package func rows(
    of query: String, in group: String, from start: Int64, to end: Int64
  ) throws(AWSError) -> Answer {
    var answer = try one(query, group, start, end)
    guard answer.rows.count >= rowLimit else { return answer }
    guard end > start else {
      answer.isCut = true
      return answer
    }
    let middle = start + (end - start) / 2
    var sum = try rows(of: query, in: group, from: start, to: middle)
    let rest = try rows(of: query, in: group, from: middle + (middle == start ? 1 : 0), to: end)
    sum.rows += rest.rows
    sum.scannedBytes += answer.scannedBytes + rest.scannedBytes
    sum.isCut = sum.isCut || rest.isCut
    return sum
  }

  private func one(_ query: String, _ group: String, _ start: Int64, _ end: Int64) throws(AWSError) -> Answer {
    let task = "query the log group \(group)"
    let asked = Query(logGroupNames: [group], startTime: start, endTime: end, queryString: query, limit: rowLimit)
    let started: Started
    do throws(AWSError) {
      started = try call("StartQuery", asked, task)
    } catch {
      guard error.kind == .missing || error.code == "ResourceNotFoundException" else { throw error }
      throw AWSError(
        .missing, code: error.code, "cannot \(task): there is no such group; is the deployment in this region?")
    }
    let deadline = MonotonicInstant.now + Int64(pace.timeout) * 1_000_000
    var pause = pace.firstLook
    while true {
      let results: Results = try call("GetQueryResults", Looked(queryId: started.queryId), task)
      switch results.status {
      case "Complete": return results.answer
      case "Scheduled", "Running", "Unknown": break
      default:
        throw AWSError(.unavailable, code: results.status, "cannot \(task): the query ended as \(results.status)")
      }
      guard MonotonicInstant.now < deadline else {
        throw AWSError(.unavailable, "cannot \(task): no answer within \(pace.timeout / 1_000) s")
      }
      usleep(UInt32(pause) * 1_000)
      pause = min(pause * 2, 2_000)
    }
  }

  private struct Query: Encodable {
    var logGroupNames: [String]
    var startTime: Int64
    var endTime: Int64
    var queryString: String
    var limit: Int
  }

  private struct Started: Decodable {
    var queryId: String
  }

  private struct Looked: Encodable {
    var queryId: String
  }

  private struct Results: Decodable {
    struct Field: Decodable {
      var field: String?
      var value: String?
    }
    struct Statistics: Decodable {
      var bytesScanned: Double?
    }
    var status: String
    var results: [[Field]]?
    var statistics: Statistics?

    var answer: Answer {
      let rows = (results ?? []).map { fields in
        Dictionary(
          fields.compactMap { field in field.field.map { ($0, field.value ?? "") } }, uniquingKeysWith: { $1 })
      }
      let scanned = statistics?.bytesScanned.flatMap(ReportLine.whole) ?? 0
      return Answer(rows: rows, scannedBytes: scanned)
    }
  }

  private func call<Value: Decodable>(
    _ operation: String, _ body: some Encodable, _ task: String
  ) throws(AWSError) -> Value {
    let request = AWSRequest(
      headers: [
        (name: "content-type", value: "application/x-amz-json-1.1"),
        (name: "x-amz-target", value: "Logs_20140328.\(operation)"),
      ], body: AWSJSON.encode(body))
    let answer = try client.send(request, to: endpoint, task, timeoutMilliseconds: 30_000)
    return try AWSJSON.decode(Value.self, answer.body, task)
  }
}
