/// How long a thread has run and how long it has waited for a processor.
package struct ThreadSchedule: Sendable, Equatable {
  /// Nanoseconds on a processor.
  package var running: Int64
  /// Nanoseconds ready to run, waiting for a processor.
  package var waiting: Int64

  /// Reads /proc/PID/task/TID/schedstat: `running waiting slices` (sched-stats.rst).
  package init?(parsing text: String) {
    let numbers = text.split { $0 == " " || $0 == "\n" }.compactMap { Int64($0) }
    guard numbers.count >= 2 else { return nil }
    running = numbers[0]
    waiting = numbers[1]
  }
}
