/// The first line of /proc/stat: how all processors have spent their time, in ticks.
package struct ProcessorTimes: Sendable, Equatable {
  /// Ticks in all, of every processor.
  package var total: UInt64
  /// Ticks without work, waiting for devices included.
  package var idle: UInt64
  /// Ticks that the hypervisor took.
  package var steal: UInt64

  /// Reads the line `cpu user nice system idle iowait irq softirq steal guest guest_nice` (proc(5)).
  package init?(parsing text: String) {
    guard let line = text.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
    let ticks = line.split(separator: " ").dropFirst().compactMap { UInt64($0) }
    guard ticks.count >= 8 else { return nil }
    // Guest time is part of user time already.
    total = ticks.prefix(8).reduce(0, +)
    idle = ticks[3] + ticks[4]
    steal = ticks[7]
  }

  package init(total: UInt64, idle: UInt64, steal: UInt64) {
    self.total = total
    self.idle = idle
    self.steal = steal
  }

  /// The shares of time since an earlier reading, 0 to 1; nil where no tick has passed.
  package func shares(since earlier: Self) -> (idle: Double, steal: Double)? {
    guard total > earlier.total else { return nil }
    let length = Double(total - earlier.total)
    // The kernel's idle counter may step back (proc(5)).
    let idle = idle > earlier.idle ? Double(self.idle - earlier.idle) / length : 0
    let steal = steal > earlier.steal ? Double(self.steal - earlier.steal) / length : 0
    return (min(idle, 1), min(steal, 1))
  }
}
