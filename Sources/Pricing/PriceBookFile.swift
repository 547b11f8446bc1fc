import FoundationEssentials

extension PriceBook {
  /// A price book that is part of the program; traps where it is not well-formed, which its tests would have told.
  init(pinned bytes: [UInt8]) {
    do {
      let file = try JSONDecoder().decode(PriceBookFile.self, from: Data(bytes))
      self.init(
        region: file.region, currency: file.currency, retrieved: file.retrieved,
        lines: try file.lines.map { try PriceLine($0, sources: file.sources) }, quotas: file.quotas)
    } catch {
      preconditionFailure("the pinned price book cannot be read: \(error)")
    }
  }
}

/// A price book as it is pinned: prices are texts, because a JSON number may go through a Double.
private struct PriceBookFile: Decodable {
  struct Line: Decodable {
    struct Tier: Decodable {
      var upTo: Int?
      var price: String
    }
    struct Free: Decodable {
      var always: Int?
      var legacy: Int?
      var pool: String?
    }
    var id: String
    var service: String
    var title: String
    var unit: String
    var per: Int?
    var tiers: [Tier]
    var free: Free?
    var match: [String: String]?
    var note: String?
    var source: String
    var retrieved: String
  }

  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  var region: String
  var currency: String
  var retrieved: String
  var sources: [String: String]
  var lines: [Line]
  var quotas: [Quota]
}

extension PriceLine {
  fileprivate init(_ line: PriceBookFile.Line, sources: [String: String]) throws {
    guard let source = sources[line.source] else { throw PriceBookFile.Fault(description: "no source \(line.source)") }
    let per = line.per ?? 1
    tiers = try line.tiers.map { tier in
      guard let price = Decimal(string: tier.price) else {
        throw PriceBookFile.Fault(description: "\(line.id): '\(tier.price)' is no amount of money")
      }
      return Tier(upTo: tier.upTo.map { Decimal($0) }, price: price / Decimal(per))
    }
    item = Item(rawValue: line.id)
    (service, title, unit, self.per) = (line.service, line.title, line.unit, per)
    free = Allowance(
      always: Decimal(line.free?.always ?? 0), legacy: Decimal(line.free?.legacy ?? 0),
      pool: line.free?.pool ?? line.id)
    match = line.match ?? [:]
    (note, date, self.source) = (line.note, line.retrieved, source)
  }
}
