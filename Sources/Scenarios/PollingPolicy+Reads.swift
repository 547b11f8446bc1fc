extension PollingPolicy {
  /// Status reads that a job needs which takes so many seconds, jitter on average and reads themselves in no time.
  package func reads(ofJobOf seconds: Double) -> Int {
    switch self {
    case .longPoll(let wait): return max(1, Int((seconds / wait.inSeconds).rounded(.up)))
    case .fixed(let interval): return max(1, Int(min((seconds / interval.inSeconds).rounded(.up), 1e9)))
    case .proportional: return count(seconds) { age, _ in min(max(age / 20, 0.005), 0.25) * 0.9 }
    case .exponential(let initial, let factor, let cap):
      return count(seconds) { _, last in min(last.map { $0 * factor } ?? initial.inSeconds, cap.inSeconds) }
    }
  }

  private func count(_ seconds: Double, _ pause: (_ age: Double, _ last: Double?) -> Double) -> Int {
    var (reads, age) = (0, 0.0)
    var last: Double?
    repeat {
      let next = pause(age, last)
      (reads, age, last) = (reads + 1, age + next, next)
    } while age < seconds && reads < 1_000_000
    return reads
  }
}
