import Glibc

/// How much a test tries out that feeds a reader damaged inputs.
public enum FuzzInputs {
  /// Inputs in all; `make fuzz` asks for a million by `RCE_FUZZ_INPUTS`.
  public static let count = getenv("RCE_FUZZ_INPUTS").flatMap { Int(String(cString: $0)) } ?? 6_000
}
