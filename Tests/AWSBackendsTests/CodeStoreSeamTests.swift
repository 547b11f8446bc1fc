import HostSystem
import JobBackends
import Jobs
import TestServices
import Testing

/// What `CodeStore` promises, of every set of services.
@Suite struct CodeStoreSeamTests {
  @Test(
    arguments: Seam.allCases,
    ["", "print(1)\n", "ü 😀 \u{0}\r\n\u{7f}<&>\"'", String(repeating: "int x;\n", count: 500_000)])
  func `source text comes back as it was kept`(_ seam: Seam, _ code: String) throws {
    let place = try SeamPlace(seam)
    let store = place.codes
    defer { withExtendedLifetime(place) {} }
    let job = JobID()
    try store.put(code, for: job)
    // Not by ==, which takes texts for equal that differ in their bytes.
    #expect(try store.code(of: job).map { Array($0.utf8) } == Array(code.utf8))
  }

  @Test(arguments: Seam.allCases)
  func `it is replaced, forgotten twice without complaint, and each job's is its own`(_ seam: Seam) throws {
    let place = try SeamPlace(seam)
    let store = place.codes
    defer { withExtendedLifetime(place) {} }
    let (job, other) = (JobID(), JobID())
    #expect(try store.code(of: job) == nil)
    try store.put("other", for: other)
    try store.put("first", for: job)
    try store.put("second", for: job)
    #expect(try store.code(of: job) == "second")
    try store.remove(job)
    try store.remove(job)
    #expect(try store.code(of: job) == nil && store.code(of: other) == "other")
  }

  @Test(arguments: Seam.allCases)
  func `many threads keep and read at once`(_ seam: Seam) throws {
    let place = try SeamPlace(seam)
    let store = place.codes
    defer { withExtendedLifetime(place) {} }
    let wrong = Lock(0)
    let threads = try (0..<8).map { thread in
      try NativeThread(named: "keeper") {
        for turn in 0..<5 {
          let job = JobID()
          let code = "\(thread) \(turn)"
          if Self.back(store, code, job) != code { wrong.withLock { $0 += 1 } }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(wrong.withLock { $0 } == 0)
  }

  /// What is read after it was kept.
  private static func back(_ store: any CodeStore, _ code: String, _ job: JobID) -> String? {
    try? store.put(code, for: job)
    return (try? store.code(of: job)) ?? nil
  }
}
