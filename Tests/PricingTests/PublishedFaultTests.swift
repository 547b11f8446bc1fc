import FoundationEssentials
import Pricing
import Testing

/// Errors that published cost models make, none of which may be here.
@Suite struct PublishedFaultTests {
  @Test("/tmp is paid for by its size and seconds, whatever the memory is", arguments: [512, 10_240])
  func ephemeral(memory: Int) throws {
    let usage = InvocationUsage(billedMilliseconds: 2_000, memoryMB: memory, ephemeralMB: 2_048)
    let line = try #require(
      try InvocationCost(usage, on: .x86).bill.lines.first { $0.usage.item == .ephemeralSecond })
    #expect(line.quantity == 3)
    #expect(line.amount == (try money("0.0000000927")))
  }

  @Test("GB-seconds are gigabytes times seconds, not megabytes times milliseconds")
  func gigabyteSeconds() throws {
    #expect(InvocationUsage(billedMilliseconds: 968, memoryMB: 128).gigabyteSeconds == (try money("0.121")))
  }

  @Test(
    "a millisecond of 128 MB is not rounded, and a request is paid for",
    arguments: [(Architecture.x86, "0.0000000020833375"), (.arm, "0.000000001666675")])
  func priceMap(architecture: Architecture, dollars: String) throws {
    let one = try InvocationCost(InvocationUsage(billedMilliseconds: 1, memoryMB: 128), on: architecture)
    #expect(one.bill.lines.map(\.amount) == [try money(dollars), try money("0.0000002")])
  }

  @Test("a MicroVM's snapshot is paid for by the hour, and read at each start")
  func snapshots() throws {
    try expect(PriceLine.Item.snapshotHour.cost(of: 730), shows: "0.0811111")
    let read = PriceLine.Item.snapshotRead.cost(of: try money("0.61"))
    try expect(read, shows: "0.000944")
    let compute = PriceLine.Item.microVMProcessor.cost(of: 8) + PriceLine.Item.microVMMemory.cost(of: 16)
    try expect(compute, shows: "0.000280")
    #expect(read > compute)
    try expect(
      PriceLine.Item.microVMProcessor.cost(of: 3_600) + PriceLine.Item.microVMMemory.cost(of: 7_200), shows: "0.1261")
  }

  @Test("arm and x86 never stand in for each other")
  func architectures() {
    let book = PriceBook.usEast1
    #expect(book.price(.compute(.arm)) < book.price(.compute(.x86)))
    #expect(book.line(.compute(.arm)).match != book.line(.compute(.x86)).match)
  }
}
