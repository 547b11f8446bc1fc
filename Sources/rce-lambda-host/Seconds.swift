import ArgumentParser

/// A length of time as people write it: `30`, `30s`, `500ms`, `5m`, `1h`.
struct Seconds: ExpressibleByArgument, CustomStringConvertible, Comparable {
  let milliseconds: Int64

  var nanoseconds: Int64 { milliseconds * 1_000_000 }

  init(_ seconds: Int64) {
    milliseconds = seconds * 1_000
  }

  init?(argument: String) {
    let units: [(String, Int64)] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("", 1_000)]
    guard let (suffix, factor) = units.first(where: { argument.hasSuffix($0.0) }),
      let number = Int64(argument.dropLast(suffix.count)), (0...86_400_000).contains(number)
    else { return nil }
    milliseconds = number * factor
  }

  static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  var description: String { milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000)s" : "\(milliseconds)ms" }
  var defaultValueDescription: String { description }
}
