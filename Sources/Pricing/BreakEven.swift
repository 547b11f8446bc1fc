package import FoundationEssentials

/// Processors by the hour, used or idle, in place of a function.
package struct AlwaysOnHost: Sendable, Hashable {
  /// Its name, for example `EC2 c7g.xlarge`.
  package let name: String
  package let architecture: Architecture
  package let processors: Int
  /// US dollars an hour.
  package let hourly: Decimal

  /// US dollars an hour of one processor.
  package var processorHour: Decimal { hourly / Decimal(processors) }

  /// Megabytes of Lambda that come with one processor.
  package static let megabytesPerProcessor = Decimal(1_769)

  /// US dollars an hour of Lambda with one processor.
  package static func lambdaProcessorHour(_ architecture: Architecture, in book: PriceBook) -> Decimal {
    megabytesPerProcessor / 1_024 * 3_600 * book.price(.compute(architecture))
  }

  /// The share of the time that a processor must be busy to be cheaper than Lambda.
  package func breakEvenUtilisation(in book: PriceBook) -> Decimal {
    processorHour / Self.lambdaProcessorHour(architecture, in: book)
  }

  /// Fargate with one processor and 2 GB, on demand and Spot, and four machines.
  package static func all(in book: PriceBook) -> [AlwaysOnHost] {
    func fargate(_ architecture: Architecture, isSpot: Bool = false) -> AlwaysOnHost {
      AlwaysOnHost(
        name: "Fargate \(architecture.rawValue)\(isSpot ? " Spot" : ""), 1 vCPU, 2 GB", architecture: architecture,
        processors: 1,
        hourly: book.price(.fargateProcessor(architecture, isSpot: isSpot))
          + 2 * book.price(.fargateMemory(architecture, isSpot: isSpot)))
    }
    let machines: [(String, Architecture, Int)] = [
      ("c7g.xlarge", .arm, 4), ("c7i.xlarge", .x86, 4), ("t4g.medium", .arm, 2), ("t3.medium", .x86, 2),
    ]
    return [fargate(.x86), fargate(.arm), fargate(.arm, isSpot: true)]
      + machines.map {
        AlwaysOnHost(name: "EC2 \($0.0)", architecture: $0.1, processors: $0.2, hourly: book.price(.machine($0.0)))
      }
  }
}

/// Where another way to run code becomes cheaper than the functions of a profile.
package struct BreakEven: Sendable {
  package let profile: CostProfile
  package let book: PriceBook
  /// How many times its mean the load may reach: what is always on is sized for the peak.
  package let peak: Decimal

  /// Throws where the peak is below the mean.
  package init(_ profile: CostProfile, in book: PriceBook = .usEast1, peak: Decimal = 9) throws(PricingError) {
    guard peak >= 1 else {
      throw PricingError("the peak must be at least the mean, got \(peak)", hint: "for example --peak 9x")
    }
    self.profile = profile
    self.book = book
    self.peak = peak
  }

  /// US dollars that one job costs in the executor.
  package var job: Decimal {
    get throws(PricingError) {
      try MonthlyUsage(onDemand, executions: 1).marginalCost(in: book, of: .executor)
    }
  }

  /// Seconds of one processor that a job takes, as Lambda shares processors out by memory.
  package var processorSeconds: Decimal {
    profile.executor.memoryMB / AlwaysOnHost.megabytesPerProcessor * profile.executor.milliseconds / 1_000
      * profile.queue.receives
  }

  private var onDemand: CostProfile {
    var profile = profile
    (profile.executor.provisioned, profile.executor.tenantShare) = (0, 0)
    return profile
  }

  /// The share of the time that a ready environment must be busy to pay: p_kept / (p_on_demand - p_ready).
  package var provisionedUtilisation: Decimal {
    let architecture = profile.executor.architecture
    return book.price(.provisioned(architecture))
      / (book.price(.compute(architecture)) - book.price(.provisionedRun(architecture)))
  }

  /// Executions a month from which on a first ready environment is cheaper; nil where one sized for the peak never is.
  package var provisionedVolume: Decimal? {
    let seconds = profile.executor.milliseconds / 1_000 * profile.queue.receives
    guard seconds > 0, provisionedUtilisation * peak <= 1 else { return nil }
    return provisionedUtilisation * profile.hours * 3_600 / seconds
  }

  /// Hosts that carry a month's executions at their peak; at least one.
  package func hosts(_ host: AlwaysOnHost, executions: Decimal) -> Decimal {
    let busy = executions * processorSeconds * peak / (profile.hours * 3_600)
    return max(1, (busy / Decimal(host.processors)).roundedUp)
  }

  /// US dollars a month of the hosts that carry a month's executions at their peak.
  package func cost(_ host: AlwaysOnHost, executions: Decimal) -> Decimal {
    hosts(host, executions: executions) * host.hourly * profile.hours
  }

  /// Executions a month from which on a first host is cheaper than the executor; nil where a full one never is.
  package func volume(_ host: AlwaysOnHost) throws(PricingError) -> Decimal? {
    let volume = host.hourly * profile.hours / (try job)
    return hosts(host, executions: volume) == 1 ? volume : nil
  }

  /// Environments that carry a month's executions at their peak.
  package func environments(executions: Decimal) -> Decimal {
    let busy = executions * profile.executor.milliseconds * profile.queue.receives / 1_000
    return max(1, (busy * peak / (profile.hours * 3_600)).roundedUp)
  }

  /// The profile with all its executions in environments that are kept ready for the peak.
  package func provisioned(executions: Decimal) -> CostProfile {
    var profile = profile
    profile.executor.provisioned = environments(executions: executions)
    (profile.executor.provisionedShare, profile.executor.coldShare) = (1, 0)
    return profile
  }
}
