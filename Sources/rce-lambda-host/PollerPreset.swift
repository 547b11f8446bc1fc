import ArgumentParser

/// How fast the poller reaches its number of batches in hand.
enum PollerPreset: String, ExpressibleByArgument, CaseIterable {
  /// At once.
  case local
  /// As Lambda's poller of an SQS queue does.
  case lambda
}
