import FoundationEssentials
package import Jobs

/// This product's own contract, and that of every platform with `POST /execute` and `GET /job-status/{id}`.
package struct RceDialect: TargetDialect {
  package init() {}

  package var healthPath: String { "/health" }
  package var isSynchronous: Bool { false }
  package var holdsReads: Bool { true }
  package var submission: DialectCall { .postJSON }
  package var statusRead: DialectCall { .getJSON }

  package func submissionPath(of submission: Submission) -> String { "/execute" }

  package func submissionBody(of submission: Submission) -> [UInt8] { DialectJSON.encode(submission) }

  package func statusPath(of id: String, waitSeconds: Int?) -> String {
    "/job-status/" + id + (waitSeconds.map { "?wait=\($0)" } ?? "")
  }

  package func readSubmission(_ body: [UInt8]) -> SubmissionAnswer? { SubmissionAnswer(body: body) }

  package func readStatus(_ body: [UInt8]) -> StatusAnswer? { StatusAnswer(body: body) }
}

/// JSON as dialects write and read it.
enum DialectJSON {
  static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings, whole numbers and finite ones always encode.
    return (try? encoder.encode(value)).map { [UInt8]($0) } ?? []
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) -> Value? {
    try? JSONDecoder().decode(type, from: Data(body))
  }

  /// Base64 in which some platforms break lines; nil where it is none.
  static func bytes(base64 text: String) -> [UInt8]? {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { [UInt8]($0) }
  }
}
