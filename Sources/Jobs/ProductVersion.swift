/// The version that every program of the product tells of itself.
public enum ProductVersion {
  /// Semantic version.
  public static let text = "0.1.0"
}
