import FoundationEssentials
import Pricing
import Testing

/// Figures that papers and audits publish of such platforms, from the price book.
@Suite struct PublishedEconomyTests {
  /// A function of SeBS (Middleware 2021, tables 5 and 6) beside a virtual machine of 0.0116 dollars an hour.
  struct Function: Sendable {
    var name: String
    var milliseconds: Int
    var memoryMB: Int
    /// Dollars for a million and jobs an hour at which the machine costs as much, billed by 100 ms as in 2021.
    var then: (dollars: String, perHour: String)
    /// The same billed by 1 ms.
    var now: (dollars: String, perHour: String)
  }

  static let functions = [
    Function(
      name: "uploader", milliseconds: 389, memoryMB: 1_024, then: ("6.6667", "1740.0"), now: ("6.4833", "1789.2")),
    Function(
      name: "thumbnailer, Python", milliseconds: 188, memoryMB: 1_024, then: ("3.3333", "3480.0"),
      now: ("3.1333", "3702.1")),
    Function(
      name: "thumbnailer, JavaScript", milliseconds: 253, memoryMB: 2_048, then: ("10.0000", "1160.0"),
      now: ("8.4334", "1375.5")),
    Function(
      name: "compression", milliseconds: 2_949, memoryMB: 1_024, then: ("50.0001", "232.0"), now: ("49.1501", "236.0")),
    Function(
      name: "image recognition", milliseconds: 321, memoryMB: 3_008, then: ("19.5834", "592.3"),
      now: ("15.7157", "738.1")),
    Function(
      name: "breadth-first search", milliseconds: 75, memoryMB: 1_536, then: ("2.5000", "4640.0"),
      now: ("1.8750", "6186.7")),
  ]

  @Test("SeBS's functions cost what the paper says, by its steps of 100 ms and by today's", arguments: functions)
  func million(function: Function) throws {
    let steps = [((function.milliseconds + 99) / 100 * 100, function.then), (function.milliseconds, function.now)]
    for (milliseconds, published) in steps {
      let usage = InvocationUsage(billedMilliseconds: milliseconds, memoryMB: function.memoryMB)
      let dollars = PriceLine.Item.lambdaSecondX86.cost(of: usage.gigabyteSeconds)
      try expect(dollars * 1_000_000, shows: published.dollars)
      try expect((try money("0.0116")) / dollars, shows: published.perHour)
    }
  }

  @Test("ten thousand executions cost by line what the audit of the quoted estimate says")
  func audit() throws {
    let basic = try Bill(.basic, executions: 10_000)
    try expect(basic.amount(of: .executor) + basic.amount(of: .apiFunction), shows: "0.1806")
    try expect(basic.amount(of: .apiGateway), shows: "0.28")
    try expect(basic.amount(of: .status), shows: "12.41")
    try expect(basic.amount(of: .storage), shows: "0.11")
    try expect(basic.amount(of: .queue), shows: "0.275")
    let free = try Bill(.basic, executions: 10_000, freeTier: .always)
    #expect(free.amount(of: .executor) + free.amount(of: .apiFunction) == 0 && free.amount(of: .queue) == 0)
    #expect(free.amount(of: .cdn) == 0)
    let lean = try Bill(.lean, executions: 10_000)
    try expect(lean.amount(of: .apiGateway), shows: "0.04")
    try expect(PriceLine.Item.natHour.cost(of: 730), shows: "32.85")
    try expect(PriceLine.Item.addressHour.cost(of: 730), shows: "3.65")
    try expect(PriceLine.Item.endpointHour.cost(of: 730), shows: "7.30")
  }

  @Test("idle questions are 96 % of the queue's requests at ten thousand executions")
  func idle() throws {
    let lines = try Bill(.basic, executions: 10_000).lines.filter { $0.usage.component == .queue }
    let idle = lines.filter(\.usage.isFixed).reduce(Decimal(0)) { $0 + $1.quantity }
    #expect(idle == 657_000)
    try expect(idle / lines.reduce(Decimal(0)) { $0 + $1.quantity }, shows: "0.96")
  }

  @Test("the quoted estimate is 3.3 to 7.3 times too low")
  func understatement() throws {
    let quoted = NaiveEstimate.total(10_000)
    #expect(abs(quoted - (try money("15.384"))) < (try money("0.01")))
    try expect(try Bill(.basic, executions: 10_000).total / quoted, shows: "3.3")
    try expect(try Bill(.highlyAvailable, executions: 10_000).total / quoted, shows: "7.3")
  }

  @Test("endpoints are cheaper than a NAT gateway with its address up to four of them")
  func endpoints() {
    let gateway = PriceLine.Item.natHour.cost(of: 730) + PriceLine.Item.addressHour.cost(of: 730)
    let endpoint = PriceLine.Item.endpointHour.cost(of: 730)
    #expect(4 * endpoint < gateway && 5 * endpoint >= gateway)
  }

  @Test("two PUT a job are ten dollars for a million, and a savings plan takes off 12 or 17 %")
  func small() throws {
    #expect(PriceLine.Item.storePut.cost(of: 2_000_000) == 10)
    let book = PriceBook.usEast1
    func price(_ id: String) throws -> Decimal { try book.line(named: id).price }
    for architecture in ["x86", "arm"] {
      let demand = try price("lambda.gb_second.\(architecture)")
      try expect(1 - (try price("lambda.savings_plan.no_upfront.gb_second.\(architecture)")) / demand, shows: "0.12")
      try expect(1 - (try price("lambda.savings_plan.all_upfront.gb_second.\(architecture)")) / demand, shows: "0.17")
    }
  }

  @Test("a job of eight seconds costs less on Lambda than on a MicroVM, an hour too")
  func sessions() throws {
    let job = InvocationUsage(billedMilliseconds: 8_000, memoryMB: 2_048)
    try expect(try InvocationCost(job, on: .arm).total, shows: "0.000214")
    try expect(PriceLine.Item.lambdaSecondArm.cost(of: 7_200), shows: "0.0960")
  }

  @Test("more executions never cost less, and twice as many never more than twice", arguments: CostProfile.all)
  func volumes(profile: CostProfile) throws {
    for free in FreeTier.allCases {
      var last = Decimal(-1)
      for volume in [1, 10, 999, 1_000, 12_345, 1_000_000, 20_000_000, 400_000_000] {
        let total = try Bill(profile, executions: Decimal(volume), freeTier: free).total
        #expect(total >= last)
        if free == .none {
          #expect(try Bill(profile, executions: Decimal(2 * volume)).total <= 2 * total)
        }
        last = total
      }
    }
  }
}
