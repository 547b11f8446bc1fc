/// Which of several threads meet an outage, so that its beginning and its end are each told once.
struct OutageCount {
  private var failing = 0

  /// One thread more fails; true where it is the first.
  mutating func begin() -> Bool {
    failing += 1
    return failing == 1
  }

  /// One thread fails no more; true where it was the last.
  mutating func end() -> Bool {
    precondition(failing > 0, "an outage ends only after it began")
    failing -= 1
    return failing == 0
  }
}
