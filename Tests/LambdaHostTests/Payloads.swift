import FoundationEssentials
import Jobs

func request(_ code: String = "print(1)", job: JobID = JobID()) -> ExecutionRequest {
  ExecutionRequest(jobId: job, code: code, language: .python)
}

/// The answer of a program that printed its own source and used 30 MiB.
func result(of request: ExecutionRequest) throws -> [UInt8] {
  let details = ExecutionDetails(
    exitCode: 0, stdout: CapturedOutput(Array(request.code.utf8)), peakMemoryBytes: 30 << 20)
  return [UInt8](try JSONEncoder().encode(ExecutionResult(details: details, compiledAt: 1, finishedAt: 2)))
}

func decode<Value: Decodable>(_ body: [UInt8]) throws -> Value {
  try JSONDecoder().decode(Value.self, from: Data(body))
}

func encode(_ value: some Encodable) throws -> [UInt8] {
  [UInt8](try JSONEncoder().encode(value))
}
