/// Growing pauses between tries: each twice the one before, up to a cap.
public struct Backoff: Sendable, Hashable {
  /// The first pause.
  public let first: Duration
  /// No pause is longer.
  public let longest: Duration
  private var upcoming: Duration

  /// Pauses from `first` to `longest`.
  public init(first: Duration = .milliseconds(50), longest: Duration = .seconds(2)) {
    precondition(first > .zero && longest >= first, "pauses grow from \(first) to \(longest)")
    self.first = first
    self.longest = longest
    upcoming = first
  }

  /// The pause before the next try.
  public mutating func next() -> Duration {
    let pause = upcoming
    upcoming = min(upcoming * 2, longest)
    return pause
  }

  /// A try has succeeded: the next trouble starts with the first pause.
  public mutating func reset() {
    upcoming = first
  }
}
