import ArgumentParser

/// `rce-bench model`: the formulas of capacity planning as calculators.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Calculators: scalability of measured levels, queues, servers that are enough, bursts.",
    discussion: """
      Examples:
        rce-bench model usl levels.csv
        rce-bench model queue --rate 8 --service 1 --servers 10 --ca2 1.44 --cs2 4
        rce-bench model size --rate 13.9 --service 2 --wait-p99 1
        rce-bench model drain --jobs 1000 --service 2

      Rates are jobs a second, times are seconds.
      """,
    subcommands: [ModelUSLCommand.self, ModelQueueCommand.self, ModelSizeCommand.self, ModelDrainCommand.self])
}
