import Scenarios
import Statistics

/// The rate of a plan over its time in a few lines of text.
struct PlanChart {
  private static let width = 68
  private static let height = 4
  private static let blocks: [Character] = Array(" ▁▂▃▄▅▆▇█")

  /// The lines; none where the length of a phase is unknown, or where no rate is planned.
  static func lines(_ forecast: PlanForecast) -> [String] {
    guard let total = forecast.seconds, total > 0 else { return [] }
    let step = total / Double(width)
    let rates = (0..<width).map { rate(forecast, from: Double($0) * step, to: Double($0 + 1) * step) }
    guard let peak = rates.compactMap(\.self).max(), peak > 0 else { return [] }
    let label = "\(QuantityText.number(peak))/s"
    let rows = (0..<height).map { row in
      let cells = rates.map { $0.map { cell($0 / peak, row) } ?? (row == height - 1 ? "░" : " ") }
      return (row == 0 ? label.leading(to: 9) : String(repeating: " ", count: 9)) + " ┤" + String(cells)
    }
    return rows + marks(forecast, step)
  }

  private static func cell(_ share: Double, _ row: Int) -> Character {
    let eighths = (share * Double(height * 8)).rounded(.up)
    return blocks[Int(min(max(eighths - Double((height - 1 - row) * 8), 0), 8))]
  }

  /// Jobs a second over a stretch; nil where a closed phase leaves that open.
  private static func rate(_ forecast: PlanForecast, from: Double, to: Double) -> Double? {
    var (jobs, isOpen) = (0.0, false)
    for phase in forecast.phases {
      guard let start = phase.start, let seconds = phase.seconds, start < to, start + seconds > from else { continue }
      guard let arrivals = phase.planned.arrivals else { continue }
      isOpen = true
      jobs += arrivals.expected(before: min(to - start, seconds)) - arrivals.expected(before: max(from - start, 0))
    }
    return isOpen ? jobs / (to - from) : nil
  }

  /// A tick where each phase begins, and its name where there is room.
  private static func marks(_ forecast: PlanForecast, _ step: Double) -> [String] {
    var axis = Array(repeating: Character("─"), count: width)
    var names = Array(repeating: Character(" "), count: width)
    let begins = forecast.phases.map { min(width - 1, Int(($0.start ?? 0) / step)) }
    var free = 0
    for (index, phase) in forecast.phases.enumerated() {
      axis[begins[index]] = "┬"
      let end = index + 1 < begins.count ? begins[index + 1] : width
      let room = end - begins[index] - (end == width ? 0 : 1)
      guard begins[index] >= free, room > 0 else { continue }
      for (offset, character) in phase.planned.phase.name.prefix(room).enumerated() {
        names[begins[index] + offset] = character
      }
      free = begins[index] + min(room, phase.planned.phase.name.count)
    }
    let margin = String(repeating: " ", count: 10)
    return ["        0 └" + String(axis), margin + " " + String(names).trimmingEnd]
  }
}

extension String {
  fileprivate func leading(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

  fileprivate var trimmingEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
