import AWSBackends
import AWSServices
import FoundationEssentials
import Glibc
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

/// rce-dispatcher as a process, on a queue and a bucket of moto and a real Redis.
@Suite struct DispatcherProgramTests {
  @Test func `ten messages are dispatched at once and a poison one is named`() throws {
    let place = try Place { _ in
      usleep(200_000)
      return (200, Self.encodedResult, nil)
    }
    for index in 0..<9 { try place.accept(code: "print(\(index))", inBucket: index == 0) }
    try place.queue.send("no job at all")
    let records = try place.receive(10)
    let answer = try #require(place.lambda.answer(to: Place.event(records)))
    let poison = try #require(records.first { $0.Body == "no job at all" })
    #expect(answer.text == "{\"batchItemFailures\":[{\"itemIdentifier\":\"\(poison.MessageId)\"}]}")
    for job in place.jobs { #expect(try place.statuses.status(of: job)?.status == .completed) }
    #expect(place.lambda.mostRunning >= 8)
    #expect(try place.codes.code(of: place.jobs[0]) == nil)
  }

  @Test func `a duplicate delivery changes nothing`() throws {
    let place = try Place { _ in (200, Self.encodedResult, nil) }
    try place.accept(code: "print(1)", inBucket: false)
    let records = try place.receive(1)
    _ = place.lambda.answer(to: Place.event(records))
    let first = try place.statuses.status(of: place.jobs[0])
    let answer = try #require(place.lambda.answer(to: Place.event(records)))
    #expect(answer.text == "{\"batchItemFailures\":[]}")
    #expect(try place.statuses.status(of: place.jobs[0]) == first)
  }

  @Test func `a job whose environment always dies fails on its last delivery and goes to the dead letters`() throws {
    let place = try Place { _ in (200, #"{"errorType":"Runtime.ExitError","errorMessage":"gone"}"#, "Unhandled") }
    try place.accept(code: "print(1)", inBucket: false)
    for delivery in 1...3 {
      let records = try place.receive(1)
      #expect(records.first?.Attributes?["ApproximateReceiveCount"] == "\(delivery)")
      #expect(try #require(place.lambda.answer(to: Place.event(records))).text.contains("itemIdentifier"))
    }
    let status = try #require(try place.statuses.status(of: place.jobs[0]))
    #expect(status.status == .failed && status.details?.errorType == .internalError)
    #expect(try place.queue.receive(upTo: 1, waitSeconds: 1).isEmpty)
    #expect(try place.dead.depth().waiting == 1)
  }

  @Test func `throttling on the last delivery ends the job`() throws {
    let place = try Place { _ in (429, #"{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"}"#, nil) }
    try place.accept(code: "print(1)", inBucket: false)
    var records = try place.receive(1)
    #expect(try #require(place.lambda.answer(to: Place.event(records))).text.contains("itemIdentifier"))
    #expect(try place.statuses.status(of: place.jobs[0])?.status == .running)
    records[0].Attributes?["ApproximateReceiveCount"] = "3"
    _ = place.lambda.answer(to: Place.event(records))
    #expect(try place.statuses.status(of: place.jobs[0])?.status == .failed)
  }

  @Test func `a message that cannot be read ends its job on the last delivery and goes to the dead letters`() throws {
    let place = try Place { _ in (200, Self.encodedResult, nil) }
    let job = try place.acceptUnreadable()
    for delivery in 1...3 {
      let records = try place.receive(1)
      #expect(records.first?.Attributes?["ApproximateReceiveCount"] == "\(delivery)")
      #expect(try place.statuses.status(of: job)?.status == .queued)
      #expect(try #require(place.lambda.answer(to: Place.event(records))).text.contains("itemIdentifier"))
      try place.queue.changeVisibility(receipt: try #require(records.first).ReceiptHandle, seconds: 0)
    }
    let status = try #require(try place.statuses.status(of: job))
    #expect(status.status == .failed && status.error?.contains("its message cannot be read") == true)
    #expect(try place.queue.receive(upTo: 1, waitSeconds: 1).isEmpty)
    #expect(try place.dead.depth().waiting == 1)
  }

  @Test func `a job whose code is gone fails, and its message comes once more and is deleted`() throws {
    let place = try Place { _ in (200, Self.encodedResult, nil) }
    try place.accept(code: "print(1)", inBucket: true)
    try place.codes.remove(place.jobs[0])
    let first = try place.receive(1)
    #expect(try #require(place.lambda.answer(to: Place.event(first))).text.contains("itemIdentifier"))
    let status = try #require(try place.statuses.status(of: place.jobs[0]))
    #expect(status.status == .failed && status.error?.contains("source text is not in the code store") == true)
    let second = try place.receive(1)
    #expect(try #require(place.lambda.answer(to: Place.event(second))).text == #"{"batchItemFailures":[]}"#)
    #expect(try place.statuses.status(of: place.jobs[0]) == status && place.lambda.mostRunning == 0)
  }

  @Test func `an event of another shape is an error of the function`() throws {
    let place = try Place { _ in (200, Self.encodedResult, nil) }
    let answer = try #require(place.lambda.answer(to: #"{"detail-type":"Scheduled Event"}"#))
    #expect(answer.errorType == "Dispatcher.UnknownEvent" && answer.text.contains("expected an event of SQS"))
  }

  @Test func `a missing variable is told as an error of the start`() throws {
    let place = try Place(without: "RCE_CODE_BUCKET") { _ in (200, Self.encodedResult, nil) }
    let answer = try #require(place.lambda.end())
    #expect(answer.errorType == "Dispatcher.Configuration" && answer.text.contains("RCE_CODE_BUCKET is not set"))
  }

  /// What an executor answers for a program that ended well.
  static var encodedResult: String {
    var details = ExecutionDetails()
    details.exitCode = 0
    let result = ExecutionResult(details: details, compiledAt: 1, finishedAt: 2)
    return (try? JSONEncoder().encode(result)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
