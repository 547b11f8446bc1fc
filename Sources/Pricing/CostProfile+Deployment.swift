import FoundationEssentials

extension CostProfile {
  /// A deployment of the reference stack as `stack/aws` makes it, driven by a generator, which asks no leave of the API.
  ///
  /// - Parameters:
  ///   - name: `basic`, `lean` or `ha`; another counts as `lean`.
  ///   - executorMB: mebibytes of the function that runs programs.
  ///   - apiMB: mebibytes of the API's function.
  ///   - dispatcherMB: mebibytes of the function that waits while a program runs.
  package static func deployed(
    _ name: String, on architecture: Architecture, behind gateway: API.Gateway, executorMB: Int, apiMB: Int,
    dispatcherMB: Int
  ) -> CostProfile {
    var profile = (try? named(name)) ?? lean
    profile.title = "\(name), as deployed on \(architecture.rawValue)"
    profile.executor.architecture = architecture
    profile.executor.memoryMB = .init(executorMB)
    profile.dispatcher.memoryMB = .init(dispatcherMB)
    profile.api.gateway = gateway
    profile.api.memoryMB = .init(apiMB)
    profile.api.preflightShare = 0
    // One for the queue and one for Lambda, in one zone.
    if profile.network.natGateways == 0 { profile.network.endpoints = 2 }
    return profile
  }
}
