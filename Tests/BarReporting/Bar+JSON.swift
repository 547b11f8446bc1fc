/// The same as for a terminal, for scripts.
extension Bar: Encodable {
  private enum Key: String, CodingKey {
    case name, figure, unit, bound, limit, holds, facts, detail
  }

  /// Writes one object; `figure` is null where there is none.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(name, forKey: .name)
    try object.encode(figure, forKey: .figure)
    try object.encode(unit, forKey: .unit)
    try object.encode(bound.words, forKey: .bound)
    try object.encode(bound.limit, forKey: .limit)
    try object.encode(holds, forKey: .holds)
    try object.encode(facts, forKey: .facts)
    try object.encode(detail, forKey: .detail)
  }
}
