/// The arrival rate of a phase over its time: pieces of simple shape, one after the other.
///
/// R(t), the jobs expected up to t, is inverted piece by piece; which piece holds the n-th job is found by halving, so
/// that any arrival can be asked for in any order.
package struct RateProfile: Sendable, Hashable {
  /// A stretch of a profile.
  package enum Piece: Sendable, Hashable {
    case linear(LinearRate)
    case sine(SineRate)
  }

  /// The pieces in order.
  package let pieces: [Piece]
  /// Seconds before each piece, and in all.
  private let starts: [Double]
  /// Jobs expected before each piece, and in all.
  private let before: [Double]

  /// A profile of pieces.
  package init(_ pieces: [Piece]) {
    precondition(!pieces.isEmpty, "a rate profile needs a piece")
    self.pieces = pieces
    starts = pieces.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.seconds) }
    before = pieces.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.total) }
  }

  /// A profile of one straight line.
  package init(from: Double, to: Double, seconds: Double) {
    self.init([.linear(LinearRate(from: from, to: to, seconds: seconds))])
  }

  /// Rates that stay the same for a while each.
  package init(levels: [(rate: Double, seconds: Double)]) {
    self.init(levels.map { .linear(LinearRate(from: $0.rate, to: $0.rate, seconds: $0.seconds)) })
  }

  /// Length in seconds.
  package var seconds: Double { starts[pieces.count] }

  /// Jobs expected in all.
  package var total: Double { before[pieces.count] }

  /// The highest rate, in jobs per second.
  package var peak: Double {
    pieces.reduce(0) { peak, piece in
      switch piece {
      case .linear(let line): max(peak, line.from, line.to)
      case .sine(let sine): max(peak, sine.mean + sine.amplitude)
      }
    }
  }

  /// Jobs per second at a time.
  package func rate(at time: Double) -> Double {
    let index = piece { starts[$0 + 1] > time }
    return pieces[index].rate(at: min(max(time - starts[index], 0), pieces[index].seconds))
  }

  /// Jobs expected up to a time.
  package func expected(by time: Double) -> Double {
    let index = piece { starts[$0 + 1] > time }
    return before[index] + pieces[index].expected(by: min(max(time - starts[index], 0), pieces[index].seconds))
  }

  /// The time in seconds from which on more than n jobs are expected.
  ///
  /// Where nothing arrives for a while just then, that is the end of the gap: a job is due when the rate rises again.
  package func time(ofExpected n: Double) -> Double {
    // Sums of parts are whole numbers only up to rounding.
    let rounding = total * 1e-12
    let index = piece { before[$0 + 1] > n + rounding }
    guard before[index + 1] > n + rounding else { return seconds }
    return starts[index] + pieces[index].time(ofExpected: max(n - before[index], 0))
  }

  /// The first piece for which this holds, as it does for all after it; the last where it holds for none.
  private func piece(_ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, pieces.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension RateProfile.Piece {
  /// Length in seconds.
  var seconds: Double {
    switch self {
    case .linear(let line): line.seconds
    case .sine(let sine): sine.seconds
    }
  }

  /// Jobs expected in all.
  var total: Double {
    switch self {
    case .linear(let line): line.total
    case .sine(let sine): sine.total
    }
  }

  func rate(at time: Double) -> Double {
    switch self {
    case .linear(let line): line.rate(at: time)
    case .sine(let sine): sine.rate(at: time)
    }
  }

  func expected(by time: Double) -> Double {
    switch self {
    case .linear(let line): line.expected(by: time)
    case .sine(let sine): sine.expected(by: time)
    }
  }

  func time(ofExpected n: Double) -> Double {
    switch self {
    case .linear(let line): line.time(ofExpected: n)
    case .sine(let sine): sine.time(ofExpected: n)
    }
  }
}
