public import ArgumentParser
public import StackControl

/// Options for the host of a local stack; every other one of its options is read from `RCE_HOST_...` variables.
struct HostRuleOptions: ParsableArguments {
  @Option(help: "Execution environments of a local stack that are always kept ready.")
  var provisionedConcurrency = 0

  @Flag(help: "Environments of a local stack serve one tenant each.")
  var tenantIsolation = false

  @Option(help: "How fast a local stack's poller reaches its number of batches in hand: local (at once) or lambda.")
  var poller = HostRules.Poller.local

  /// Refuses what the host would refuse.
  func validate(within environments: Int?) throws {
    guard (0...(environments ?? 1_250)).contains(provisionedConcurrency) else {
      throw ValidationError(
        "--provisioned-concurrency must be from 0 to \(environments ?? 1_250), got \(provisionedConcurrency)")
    }
  }

  /// The rules that were asked for.
  var rules: HostRules {
    var rules = HostRules()
    rules.provisionedConcurrency = provisionedConcurrency
    rules.tenantIsolation = tenantIsolation
    rules.poller = poller
    return rules
  }
}

extension HostRules.Poller: ExpressibleByArgument {}
