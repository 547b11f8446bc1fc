public import Sandbox

// A failed expectation shows its values by reflection, which ends the process where it meets a value that cannot be
// copied (Swift 6.3).
extension SandboxWorker: CustomReflectable {
  /// Nothing of what it holds.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SandboxService: CustomReflectable {
  /// Nothing of what it holds.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ForkServer: CustomReflectable {
  /// Nothing of what it holds.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
