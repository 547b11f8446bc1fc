/// The two widths that a chart is drawn for; the page's style sheet shows one of them.
///
/// Scaling one picture down to a telephone would leave its text unreadable.
public enum ChartSize: String, Sendable, Hashable, CaseIterable {
  case wide
  case narrow

  /// Pixels of the picture's own width.
  public var width: Double { self == .wide ? 760 : 350 }
}

/// A picture of some data.
public protocol Chart: Sendable {
  /// What the chart shows, for its heading and for screen readers.
  var title: String { get }
  /// What can be seen in it, in a sentence, for readers who cannot.
  var summary: String { get }
  /// The picture as one SVG element; `id` must be unique on the page.
  func svg(_ size: ChartSize, id: String) -> String
}
