import Jobs
import LoadGeneration
import Scenarios
import Testing

@Suite("Answers read in one pass")
struct AnswerReadingTests {
  /// The same object with a field in front that only the complete decoder reads.
  private static func unusual(_ body: String) -> [UInt8] { Array("{\"zz\": 1e0, \(body.dropFirst())".utf8) }

  @Test(
    "mean the same as to the decoder",
    arguments: [
      #"{"status":"completed","result":"a","timestamp":1}"#,
      #"{"status":"failed","error":"Runtime error: \"x\" \u00e9\n","details":{"exitCode":-3,"signal":null,"stdout":"a\/b"}}"#,
      #"{ "status" : "completed" , "details" : null , "timings" : {"s0":1,"s1":2,"s6":9007199254740993,"coldStart":true} }"#,
      #"{"status":"completed","timings":{"s0":"no","s1":2}}"#, #"{"status":"completed","timings":[1,2]}"#,
      #"{"status":"completed","result":5,"error":{"a":[1,{"b":null}]}}"#,
      #"{"status":"completed","result":"\ud83d\ude00"}"#,
      #"{"status":"completed","details":{"cpuTimeMs":12.75,"peakMemoryBytes":1024,"stdout":{"base64":"AP8="}}}"#,
      #"{"status":"completed","details":{"exitCode":1.0,"cpuTimeMs":-0.5}}"#,
      #"{"status":"completed","timings":{"start":"zygote","environmentId":"e","attempt":1,"billedMs":7,"memoryMB":512}}"#,
      #"{"status":"completed","timings":{"start":"other"}}"#,
      #"{"status":"completed","x":[],"y":{},"z":[true,false,-1.5]}"#,
      #"{"status":"unknown"}"#, #"{"result":"a"}"#, #"{"status":"completed"} "#,
    ])
  func same(body: String) {
    #expect(StatusAnswer(body: Array(body.utf8)) == StatusAnswer(body: Self.unusual(body)))
  }

  @Test(
    "mean the same as to the decoder where the text is not quite JSON",
    arguments: [
      #"{"status":"completed""#, #"{"status":"completed"}}"#, #"{"status":"completed",}"#,
      #"{"status":"completed" "a":1}"#, #"{"status":"completed","a":01}"#, #"{"status":"completed","a":"\x"}"#,
      "{\"status\":\"completed\",\"a\":\"\n\"}", #"{"status":"completed","a":truely}"#,
      #"{"status":"completed","a":1.}"#, #"{"status":"completed","a":-}"#,
    ])
  func malformed(body: String) {
    #expect(StatusAnswer(body: Array(body.utf8)) == StatusAnswer(body: Self.unusual(body)))
  }

  @Test("are none where there is no object", arguments: ["", "[]", "{", "<html>", "null", "\u{0}"])
  func none(body: String) {
    #expect(StatusAnswer(body: Array(body.utf8)) == nil)
  }

  @Test("mean the same as to the decoder whatever byte is changed")
  func mutated() {
    let whole = Array(
      #"{"status":"completed","result":"a\"b","details":{"exitCode":3,"stdout":"x","cpuTimeMs":1.5},"timings":{"s0":12,"coldStart":false}}"#
        .utf8)
    var random = RandomStream(seed: 3, purpose: 1, index: 1)
    for _ in 0..<3_000 {
      var body = whole
      let place = 1 + random.below(body.count - 1)
      body[place] = Array(#"{}[]",:\0-.eatn "#.utf8)[random.below(16)]
      let other = Array(#"{"zz":1e0,"#.utf8) + body.dropFirst()
      let (fast, slow) = (StatusAnswer(body: body), StatusAnswer(body: other))
      #expect(fast == slow, "\(String(decoding: body, as: UTF8.self))")
    }
  }

  @Test("name the job")
  func ids() {
    #expect(SubmissionAnswer(body: Array(#"{"jobId":"a-1","status":"queued","message":"x"}"#.utf8))?.jobId == "a-1")
    #expect(SubmissionAnswer(body: Array(#"{"n":1e3,"jobId":"a-1"}"#.utf8))?.jobId == "a-1")
    #expect(SubmissionAnswer(body: Array(#"{"jobId":5}"#.utf8)) == nil)
    #expect(SubmissionAnswer(body: Array(#"{"jobId":"a/b"}"#.utf8)) == nil)
  }

  @Test("give up on what is nested too deeply, and leave it to the decoder")
  func deep() {
    let nested = String(repeating: "[", count: 100_000)
    #expect(StatusAnswer(body: Array("{\"status\":\"completed\",\"a\":\(nested)".utf8)) == nil)
  }

  @Test("fire deadlines in order, and keep no more of them than since the oldest job")
  func deadlines() {
    var queue = DeadlineQueue()
    var next = 0
    for index in 0..<10_000 {
      queue.append(.init(instant: Int64(index), slot: index % 7, index: index))
      if index % 2 == 1 {
        #expect(queue.first?.index == next)
        queue.removeFirst()
        next += 1
      }
    }
    #expect(queue.count == 5_000)
    while let first = queue.first {
      #expect(first.index == next && first.instant == Int64(next))
      queue.removeFirst()
      next += 1
    }
    #expect(next == 10_000 && queue.count == 0)
  }
}
