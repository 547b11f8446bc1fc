/// Erlang's (1917) two formulas for c servers that are offered a load of a = arrivals a second times seconds of service.
public enum Erlang {
  /// The share of arrivals that find every server busy, where they then go away.
  ///
  ///     B(0) = 1,   B(k) = a B(k - 1) / (k + a B(k - 1))
  public static func blocking(servers: Int, load: Double) -> Double {
    precondition(servers >= 0 && load >= 0, "servers and load are not negative: \(servers), \(load)")
    var blocking = 1.0
    for k in stride(from: 1, through: servers, by: 1) { blocking = load * blocking / (Double(k) + load * blocking) }
    return blocking
  }

  /// The share of arrivals that have to wait, where they stay; 1 where the load is not below the number of servers.
  ///
  ///     C = B / (1 - (a/c) (1 - B))
  public static func waiting(servers: Int, load: Double) -> Double {
    guard load < Double(servers) else { return 1 }
    let blocking = blocking(servers: servers, load: load)
    return blocking / (1 - load / Double(servers) * (1 - blocking))
  }
}
