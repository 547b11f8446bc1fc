/// An arrival rate that swings around a mean, as day and night do: r(t) = m + A sin(2 pi (t / P + f)).
///
/// Its integral is R(t) = m t + (A P / 2 pi) (cos(2 pi f) - cos(2 pi (t / P + f))), which has no inverse in closed form.
package struct SineRate: Sendable, Hashable {
  /// m: jobs per second on average.
  package let mean: Double
  /// A: jobs per second by which the rate rises and falls; at most m, so that the rate is never negative.
  package let amplitude: Double
  /// P: length of one swing in seconds.
  package let period: Double
  /// f: where the swing begins, in turns; 0 is the mean on its way up, 0.75 the trough.
  package let begin: Double
  /// T: length in seconds.
  package let seconds: Double

  package init(mean: Double, amplitude: Double, period: Double, begin: Double, seconds: Double) {
    precondition(
      mean > 0 && (0...mean).contains(amplitude) && period > 0 && seconds > 0,
      "a sine rate needs a mean, a period and a length above 0, and an amplitude up to its mean")
    self.mean = mean
    self.amplitude = amplitude
    self.period = period
    self.begin = begin
    self.seconds = seconds
  }

  /// R(T): jobs expected in all.
  package var total: Double { expected(by: seconds) }

  /// r(t).
  package func rate(at time: Double) -> Double {
    max(0, mean - amplitude * cosine(ofTurns: time / period + begin + 0.25))
  }

  /// R(t).
  package func expected(by time: Double) -> Double {
    mean * time + amplitude * period * Self.perTurn
      * (cosine(ofTurns: begin) - cosine(ofTurns: time / period + begin))
  }

  /// The time in seconds at which R(t) = n.
  ///
  /// A bracket that holds the root at every step is narrowed to a tenth of a nanosecond: by Newton's step where that
  /// stays inside, and a probe just beyond it, so that both ends close in; by halves otherwise. R never falls, so the
  /// result is off by no more than the last bracket's width.
  package func time(ofExpected n: Double) -> Double {
    guard n > 0 else { return 0 }
    let turn = (n / (mean * period)).rounded(.down)
    var (low, high) = (turn * period, (turn + 1) * period)
    // Doubles of the size of the bracket's end may lie further apart than the tolerance.
    let tolerance = max(1e-10, 4 * high.ulp)
    var guess = n / mean
    var steps = 0
    while high - low > tolerance {
      let isInside = guess > low && guess < high && steps % 4 != 3
      let candidate = isInside ? guess : low + (high - low) / 2
      let miss = expected(by: candidate) - n
      if miss <= 0 { low = candidate } else { high = candidate }
      let probe = miss <= 0 ? min(candidate + tolerance / 2, high) : max(candidate - tolerance / 2, low)
      if expected(by: probe) <= n { low = max(low, probe) } else { high = min(high, probe) }
      let slope = rate(at: candidate)
      guess = slope > 0 ? candidate - miss / slope : low
      steps += 1
    }
    return min(low, seconds)
  }

  /// 1 / 2 pi.
  private static let perTurn = 0.15915494309189535
}
